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
  (text) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
];

/** Twice encoded, and then perhaps in lower case. */
const encodingDepth = 3;

/**
 * Makes a function that replaces every secret in a text by `[hidden]`, also where it is escaped as in JSON or as in a URL, up to twice.
 *
 * @param secrets what must not be seen; empty and absent ones are ignored
 */
export function createRedactor(secrets: Iterable<string | undefined>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) if (secret !== undefined && secret !== "") forms.add(secret);
  let latest = [...forms];
  for (let depth = 0; depth < encodingDepth; depth++) {
    latest = latest.flatMap((form) => encodings.map((encode) => encode(form))).filter((form) => !forms.has(form));
    latest.forEach((form) => forms.add(form));
  }
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const anyForm = new RegExp(longestFirst.map(RegExp.escape).join("|"), "g");
  return (text) => text.replace(anyForm, hidden);
}
