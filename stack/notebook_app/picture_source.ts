/**
 * Chooses the `src` of a PNG or JPEG.
 *
 * @module
 */

/**
 * The app treats text that begins with `/` as a URL. The base64 of every JPEG begins so: its first bytes FF D8 FF
 * become `/9j/`.
 *
 * @param content base64, a data URL or another URL
 */
export function pictureSource(mimeType: string, content: string): string {
  return /^(?:data:|\/|http)/.test(content) ? content : `data:${mimeType};base64,${content}`;
}
