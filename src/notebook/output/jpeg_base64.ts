/**
 * Keeps the web app from reading the base64 of a JPEG as an address.
 *
 * @module
 */

/**
 * Adds a newline before base64 that begins with `/`, as that of every JPEG does. The app would load such a text as a path. Whitespace is
 * ignored in base64, in notebook files and in data URLs.
 */
export function jpegBase64(base64: string): string {
  return base64.startsWith("/") ? `\n${base64}` : base64;
}
