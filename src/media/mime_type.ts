/**
 * MIME types, as far as they tell how their content stands in a bundle: as text, as a JSON value, or as base64.
 *
 * @module
 */

/** RFC 6838's names of a type and a subtype. */
const MIME_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** Types that are text although their names do not begin with `text/`. */
const OTHER_TEXT = new Set(["image/svg+xml", "application/javascript", "application/xml"]);

const BINARY = /^(?:image|audio|video|font)\/|^application\/(?:pdf|octet-stream|zip)$/;

/**
 * Reads the key of a bundle: letters become small, a parameter such as `; charset=utf-8` is taken away.
 *
 * @returns the MIME type, or `undefined` when the key is none
 */
export function readMimeType(key: string): string | undefined {
  const mimeType = key.split(";", 1)[0].trim().toLowerCase();
  return MIME_TYPE.test(mimeType) ? mimeType : undefined;
}

/** Whether a type's content is a JSON value. */
export function isJsonType(mimeType: string): boolean {
  return mimeType === "application/json" || mimeType.endsWith("+json");
}

/** Whether a type's content is text to be read as it stands. */
export function isTextType(mimeType: string): boolean {
  return mimeType.startsWith("text/") || OTHER_TEXT.has(mimeType);
}

/** Whether a type's content is base64 of bytes. */
export function isBinaryType(mimeType: string): boolean {
  return BINARY.test(mimeType) && !isTextType(mimeType);
}
