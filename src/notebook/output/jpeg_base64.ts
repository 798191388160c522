/**
 * Keeps the base64 of a JPEG from being taken for an address.
 *
 * @module
 */

/**
 * Puts a newline before base64 that begins with `/`, as that of every JPEG does: the app loads what begins so from that path. In
 * base64, in a notebook file and in a data URL white space counts for nothing.
 */
export function jpegBase64(base64: string): string {
  return base64.startsWith("/") ? `\n${base64}` : base64;
}
