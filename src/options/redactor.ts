/**
 * Keeps secrets out of messages and logs.
 *
 * @module
 */

/** The text that replaces a secret. */
export const hidden = "[hidden]";

/** The ways to write a secret inside other text. LiveStore sends the auth token as JSON inside a URL, and proxies encode that again. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => text.replaceAll("/", "\\/"),
  (text) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
];

/** The shortest secret that is hidden, in characters. Any text contains shorter ones. */
const SECRET_LENGTH = 3;

/** The shortest secret that is hidden in base64, in bytes. Any text may contain the base64 of a shorter one. */
const BASE64_SECRET_LENGTH = 8;

/** Encodes a secret in base64 at each of the three possible offsets, without the characters that depend on the text around it. */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < BASE64_SECRET_LENGTH) return [];
  return [0, 1, 2].flatMap((before) => {
    const base64 = new Uint8Array([...new Uint8Array(before), ...bytes]).toBase64({ omitPadding: true });
    const form = base64.slice(Math.ceil(before * 4 / 3), Math.floor((before + bytes.length) * 4 / 3));
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Secrets may be encoded twice, and then their escapes may be changed to lower case. */
const encodingDepth = 3;

/**
 * Makes a function that replaces every secret in a text. It also finds secrets that are escaped up to twice, as in JSON or a URL, or
 * encoded in base64, with or without other text.
 *
 * @param secrets the secrets; `undefined`, and secrets of one or two characters, are ignored
 * @param mark the text that replaces them. Default: `[hidden]`
 */
export function createRedactor(secrets: Iterable<string | undefined>, mark: string = hidden): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret === undefined || secret.length < SECRET_LENGTH) continue;
    for (const form of [secret, ...base64Forms(secret)]) forms.add(form);
  }
  let latest = [...forms];
  for (let depth = 0; depth < encodingDepth; depth++) {
    latest = latest.flatMap((form) => encodings.map((encode) => encode(form))).filter((form) => !forms.has(form));
    latest.forEach((form) => forms.add(form));
  }
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const anyForm = new RegExp(longestFirst.map(RegExp.escape).join("|"), "g");
  return (text) => text.replace(anyForm, () => mark);
}
