/**
 * Identifies a binary file by its bytes.
 *
 * @module
 */

/** A kind of file, and the bytes that identify it. `at` is their offset in bytes. Default: 0. */
interface Signature {
  kind: string;
  bytes: string;
  at?: number;
}

/** The signatures of common file types, as Latin-1 text. Source: the formats' specifications. */
const SIGNATURES: readonly Signature[] = [
  { kind: "PNG image", bytes: "\x89PNG\r\n\x1a\n" },
  { kind: "JPEG image", bytes: "\xff\xd8\xff" },
  { kind: "GIF image", bytes: "GIF87a" },
  { kind: "GIF image", bytes: "GIF89a" },
  { kind: "WebP image", bytes: "WEBP", at: 8 },
  { kind: "TIFF image", bytes: "II*\0" },
  { kind: "TIFF image", bytes: "MM\0*" },
  { kind: "PDF document", bytes: "%PDF-" },
  { kind: "gzip archive", bytes: "\x1f\x8b" },
  { kind: "bzip2 archive", bytes: "BZh" },
  { kind: "xz archive", bytes: "\xfd7zXZ\0" },
  { kind: "Zstandard archive", bytes: "\x28\xb5\x2f\xfd" },
  { kind: "7-Zip archive", bytes: "7z\xbc\xaf\x27\x1c" },
  { kind: "Parquet table", bytes: "PAR1" },
  { kind: "Arrow file", bytes: "ARROW1" },
  { kind: "Feather table", bytes: "FEA1" },
  { kind: "HDF5 file", bytes: "\x89HDF\r\n\x1a\n" },
  { kind: "NetCDF file", bytes: "CDF\x01" },
  { kind: "SQLite database", bytes: "SQLite format 3\0" },
  { kind: "NumPy array", bytes: "\x93NUMPY" },
  { kind: "WAV audio", bytes: "WAVE", at: 8 },
  { kind: "FLAC audio", bytes: "fLaC" },
  { kind: "Ogg audio", bytes: "OggS" },
  { kind: "MP3 audio", bytes: "ID3" },
  { kind: "MP4 video", bytes: "ftyp", at: 4 },
  { kind: "Excel 97 workbook or other OLE file", bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" },
];

/** The first bytes of every ZIP archive, and the file types that are ZIP archives with another extension. */
const ZIP = "PK\x03\x04";
const ZIP_KINDS: Readonly<Record<string, string>> = {
  xlsx: "Excel workbook",
  docx: "Word document",
  pptx: "PowerPoint presentation",
  ods: "OpenDocument spreadsheet",
  npz: "NumPy archive",
  whl: "Python wheel",
};

/** The number of bytes that are searched for control characters. */
const SAMPLE_BYTES = 65_536;

/** The largest share of control characters that a text file may have. A file with more is treated as binary. */
const MOST_CONTROLS = 1 / 50;

/**
 * Returns the kind of a binary file.
 *
 * @param bytes its content; the first bytes are enough for most kinds
 * @param extension the file name's extension, in lower case and without the dot
 * @returns `undefined` if the content looks like text
 */
export function binaryType(bytes: Uint8Array, extension: string): string | undefined {
  if (hasBytes(bytes, ZIP, 0)) return ZIP_KINDS[extension] ?? "ZIP archive";
  const known = SIGNATURES.find((each) => hasBytes(bytes, each.bytes, each.at ?? 0));
  if (known !== undefined) return known.kind;
  if (/^pi?c?kle?$|^joblib$/.test(extension) && bytes[0] === 0x80) return "Python pickle";
  return bytes.includes(0) || hasManyControls(bytes.subarray(0, SAMPLE_BYTES)) ? "binary file" : undefined;
}

function hasBytes(bytes: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Whether a sample has too many control characters. White space, backspace and escape are not counted. */
function hasManyControls(sample: Uint8Array): boolean {
  const controls = sample.reduce(
    (sum, byte) => byte < 0x08 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) ? sum + 1 : sum,
    0,
  );
  return controls > sample.length * MOST_CONTROLS;
}
