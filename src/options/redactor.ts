/**
 * Keeps secrets out of whatever a person or a log file gets to see.
 *
 * @module
 */

/** What stands in a secret's place. */
export const hidden = "[hidden]";

/** How a secret may be written inside other text. LiveStore sends the auth token as JSON inside a URL, which proxies encode once more. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => text.replaceAll("/", "\\/"),
  (text) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
];

/** The fewest characters of a secret that is hidden: a shorter one stands in any text, which nobody could read without it. */
const SECRET_LENGTH = 3;

/** The fewest bytes of a secret that is looked for in base64: that of shorter ones may stand in any text. */
const BASE64_SECRET_LENGTH = 8;

/** The characters of a secret's base64 that are the same whatever is encoded with it, for each of the three places that it may begin at. */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < BASE64_SECRET_LENGTH) return [];
  return [0, 1, 2].flatMap((before) => {
    const base64 = new Uint8Array([...new Uint8Array(before), ...bytes]).toBase64({ omitPadding: true });
    const form = base64.slice(Math.ceil(before * 4 / 3), Math.floor((before + bytes.length) * 4 / 3));
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Twice encoded, and then perhaps in lower case. */
const encodingDepth = 3;

/**
 * Makes a function that replaces every secret in a text, also where it is escaped as in JSON or as in a URL, up to twice, and where
 * it stands in base64, alone or with other text.
 *
 * @param secrets what must not be seen; absent ones, and those of one or two characters, are ignored
 * @param mark what stands in their place; `[hidden]` unless given
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
