/**
 * Classifies MIME types by the form of their content in a bundle: text, a JSON value, or base64.
 *
 * @module
 */

/** A type and a subtype. Source: RFC 6838. */
const MIME_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** Text types whose names do not begin with `text/`. */
const OTHER_TEXT = new Set(["image/svg+xml", "application/javascript", "application/xml"]);

const BINARY = /^(?:image|audio|video|font)\/|^application\/(?:pdf|octet-stream|zip)$/;

/**
 * Reads a key of a bundle. Converts it to lower case and removes parameters such as `; charset=utf-8`.
 *
 * @returns the MIME type, or `undefined` if the key is not a MIME type
 */
export function readMimeType(key: string): string | undefined {
  const mimeType = key.split(";", 1)[0].trim().toLowerCase();
  return MIME_TYPE.test(mimeType) ? mimeType : undefined;
}

export function isJsonType(mimeType: string): boolean {
  return mimeType === "application/json" || mimeType.endsWith("+json");
}

export function isTextType(mimeType: string): boolean {
  return mimeType.startsWith("text/") || OTHER_TEXT.has(mimeType);
}

/** Whether the content of this type is base64. */
export function isBinaryType(mimeType: string): boolean {
  return BINARY.test(mimeType) && !isTextType(mimeType);
}
