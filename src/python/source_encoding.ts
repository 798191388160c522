/**
 * Decodes the source of a Python file as Python does: as UTF-8, unless a comment in the first two lines declares another encoding
 * (PEP 263).
 *
 * @module
 */

/** The comment that declares the encoding. Source: PEP 263. */
const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The number of lines that are searched for the declaration. Source: PEP 263. */
const LINES = 2;

/** Python's names of encodings that have other names in the WHATWG Encoding Standard. */
const WEB_NAMES: readonly [pattern: RegExp, name: string][] = [
  [/^cp(125\d)$/, "windows-$1"],
  [/^(?:utf|utf-?8-sig|u8)$/, "utf-8"],
  [/^iso8859-(\d+)$/, "iso-8859-$1"],
  [/^euc(jp|kr)$/, "euc-$1"],
  [/^(?:cp932|sjis)$/, "shift_jis"],
  [/^(?:cp949|uhc)$/, "euc-kr"],
  [/^(?:cp936)$/, "gbk"],
];

/** Python's names of Latin-1. In the Encoding Standard, they mean Windows-1252. */
const LATIN_1 = /^(?:iso-?8859-1|latin-?1|iso-latin-1|l1|8859|cp819)$/;

/**
 * Returns the encoding that a source declares, in lower case and with `-` for `_`, or `undefined` if it declares none.
 *
 * @param bytes the file, or at least its first two lines
 */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const beginning = Array.from(bytes.subarray(0, 1_000), (byte) => String.fromCharCode(byte)).join("");
  const lines = beginning.split(/\r\n?|\n/).slice(0, LINES);
  const isDeclared = (line: string, index: number) =>
    DECLARATION.test(line) && lines.slice(0, index).every((earlier) => /^[ \t\f]*(?:#.*)?$/.test(earlier));
  const line = lines.find(isDeclared);
  return line && DECLARATION.exec(line)?.[1].toLowerCase().replaceAll("_", "-");
}

/**
 * Decodes bytes in an encoding with a name that Python knows.
 *
 * @param encoding the name as {@linkcode declaredEncoding} returns it
 * @returns `undefined` if the bytes are not valid in this encoding
 * @throws {RangeError} the name of the encoding is not known
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  if (LATIN_1.test(encoding)) return latin1(bytes);
  if (/^(?:us-)?ascii$/.test(encoding)) return bytes.every((byte) => byte < 0x80) ? latin1(bytes) : undefined;
  const rule = WEB_NAMES.find(([pattern]) => pattern.test(encoding));
  const decoder = new TextDecoder(rule ? encoding.replace(...rule) : encoding, { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
