/**
 * Validates PNG and JPEG images in base64. Models can write the beginning of such an image from memory, but not a complete one.
 *
 * @module
 */

/** The first bytes of every PNG. Source: section 5.2 of its specification. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The size of a PNG chunk without its data, in bytes: length, type and checksum. */
const CHUNK_FRAME = 12;
const JPEG_SIGNATURE = [0xff, 0xd8, 0xff];
/** The marker at the end of every JPEG. */
const JPEG_END = [0xff, 0xd9];

const DATA_URL_PREFIX = /^data:[^,]*,/;

/** The types that {@linkcode readRasterImage} can validate. */
export type RasterImageType = "image/png" | "image/jpeg";

/**
 * Validates an image and normalizes its base64.
 *
 * @param mimeType the type that the image must have
 * @param text base64; white space and a `data:` prefix are removed
 * @returns base64 without white space, or `undefined` if the image is not a complete one of that type
 */
export function readRasterImage(mimeType: RasterImageType, text: string): string | undefined {
  const bytes = decodeBase64(text.trim().replace(DATA_URL_PREFIX, ""));
  if (bytes === undefined) return undefined;
  return (mimeType === "image/png" ? isWholePng(bytes) : isWholeJpeg(bytes)) ? bytes.toBase64() : undefined;
}

/** Decodes base64, which may contain white space. Returns `undefined` if the text is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}

/** Returns the size of a valid PNG, in pixels. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const header = new DataView(png.buffer, png.byteOffset + PNG_SIGNATURE.length + 8);
  return { width: header.getUint32(0), height: header.getUint32(4) };
}

/** Whether the signature is present, and the chunks follow each other without gaps from the header to the end. */
function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = PNG_SIGNATURE.length; at + CHUNK_FRAME <= bytes.length && names.at(-1) !== "IEND";) {
    names.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
    at += CHUNK_FRAME + view.getUint32(at);
  }
  return holds(bytes, PNG_SIGNATURE, 0) && names[0] === "IHDR" && names.at(-1) === "IEND";
}

function isWholeJpeg(bytes: Uint8Array): boolean {
  const end = bytes.lastIndexOf(JPEG_END[1]) - 1;
  return holds(bytes, JPEG_SIGNATURE, 0) && end >= JPEG_SIGNATURE.length && holds(bytes, JPEG_END, end);
}

function holds(bytes: Uint8Array, part: number[], at: number): boolean {
  return part.every((byte, index) => bytes[at + index] === byte);
}
