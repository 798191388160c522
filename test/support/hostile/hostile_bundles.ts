/**
 * Outputs that are slow to read or to lay out, or whose content does not match their type.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";

/** The data of a display. */
type Bundle = { [mimeType: string]: JsonValue };

const markdown = (text: string): Bundle => ({ "text/markdown": text });
const plain = (text: string): Bundle => ({ "text/plain": text });

/** Nests a value this many levels deep. */
function deep(levels: number, wrap: (inner: JsonValue) => JsonValue): JsonValue {
  let value: JsonValue = "x";
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

/** Override, embedding, isolate and mark characters of both directions, and their terminators. */
const BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c\u202c\u2069";
/** Every control character except NUL. */
const CONTROLS = String.fromCharCode(
  ...Array.from({ length: 31 }, (_, at) => at + 1),
  127,
  ...Array.from({ length: 32 }, (_, at) => at + 128),
);

/** The bundles by description. They are created on demand. */
export const hostileBundles: Record<string, () => Bundle> = {
  "3,000 nested quotes": () => markdown(`${">".repeat(3_000)} x`),
  "3,000 nested lists": () => markdown(`${"- ".repeat(3_000)}x`),
  "a formula with 3,000 nested braces": () => markdown(`$${"{".repeat(3_000)}x${"}".repeat(3_000)}$`),
  "a formula with 2,000 nested fractions": () => ({
    "text/latex": `$$${"\\frac{1}{".repeat(2_000)}x${"}".repeat(2_000)}$$`,
  }),
  "a formula that defines itself": () => markdown("$\\def\\a{\\a\\a}\\a$"),
  "emphasis that never closes": () => markdown("*a **a ".repeat(8_000)),
  "brackets that never close": () => markdown("[".repeat(50_000)),
  "pictures in the names of pictures": () => markdown("![".repeat(20_000) + "](x)".repeat(20_000)),
  "backticks of every length": () => markdown(Array.from({ length: 600 }, (_, at) => "`".repeat(at + 1)).join(" ")),
  "a table of 5,000 columns": () =>
    markdown(`${"|a".repeat(5_000)}|\n${"|-".repeat(5_000)}|\n${"|b|\n".repeat(5_000)}`),
  "HTML with 20,000 nested elements": () => ({ "text/html": `${"<div>".repeat(20_000)}x${"</div>".repeat(20_000)}` }),
  "HTML of comments that never end": () => ({ "text/html": "<!--".repeat(60_000) }),
  "one word of 500,000 letters": () => plain("w".repeat(500_000)),
  "100,000 line ends": () => plain("\n".repeat(100_000)),
  "100,000 characters that change the text direction": () => plain(BIDI.repeat(9_000)),
  "100,000 control characters": () => plain(CONTROLS.repeat(1_600)),
  "100,000 NUL characters": () => plain(`before\0${"\0".repeat(100_000)}after`),
  "halves of surrogate pairs": () => plain("\ud83d\ude00\ud83d \udc00".repeat(30_000)),
  "a letter with 200,000 accents": () => plain(`a${"\u0301".repeat(200_000)}`),
  "colours that change at every letter": () => plain("\x1b[31mx\x1b[1;38;5;99my\x1b[0m".repeat(15_000)),
  "control sequences that never end": () => plain("\x1b]0;\x1bP\x1b[".repeat(30_000)),
  "2,000 nested lists in JSON": () => ({ "application/json": deep(2_000, (inner) => [inner]) }),
  "2,000 nested objects in JSON": () => ({ "application/json": deep(2_000, (inner) => ({ a: inner })) }),
  "names with a meaning in JavaScript": () => ({
    "application/json": JSON.parse('{"__proto__": {"x": 1}, "constructor": null, "toJSON": 1}'),
  }),
  "extreme numbers": () => ({ "application/json": [1e308, -1e308, 5e-324, Number.MAX_SAFE_INTEGER + 2] }),
  "2,000 representations": () =>
    Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`text/x-kind-${at}`, "x"])),
  "a type of 100,000 letters": () => ({ ...plain("x"), [`text/${"x".repeat(100_000)}`]: "x" }),
  "an invalid picture": () => ({ ...plain("<Figure>"), "image/png": "A".repeat(400_000) }),
  "a picture of a billion pixels": () => ({ ...plain("<Figure>"), "image/png": hugePng() }),
};

/** Returns the header of a PNG that claims to have 65,535 pixels in each direction, in base64. */
function hugePng(): string {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const header = [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 6, 0, 0, 0, 0, 0, 0, 0];
  return new Uint8Array([...signature, ...header]).toBase64();
}
