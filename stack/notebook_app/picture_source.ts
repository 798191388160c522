/**
 * Where a PNG or JPEG is loaded from.
 *
 * @module
 */

/**
 * The `src` of the picture.
 *
 * The app takes what begins with `/` for an address. The base64 of every JPEG does: its first bytes FF D8 FF are `/9j/`.
 *
 * @param content base64, a data URL or an address
 */
export function pictureSource(mimeType: string, content: string): string {
  return /^(?:data:|\/|http)/.test(content) ? content : `data:${mimeType};base64,${content}`;
}
