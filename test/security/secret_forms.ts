/**
 * Finds secrets in a text in every form.
 *
 * @module
 */

/** Encodings of text inside other text. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  encodeURIComponent,
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => text.replaceAll("/", "\\/"),
];

/** Returns the parts of a text's base64 that do not depend on the text around it, for each of the three offsets. */
function base64Cores(text: string): string[] {
  // The parts of a short text may occur in any text.
  if (text.length < 8) return [];
  return [0, 1, 2].map((before) => {
    const encoded = btoa("x".repeat(before) + text);
    const first = Math.ceil(before * 8 / 6);
    return encoded.slice(first, Math.floor((before + text.length) * 8 / 6));
  });
}

/**
 * Returns every form of a secret: plain, in JSON, in a URL, encoded twice, and in the base64 of a longer text.
 *
 * @param secret a text in ASCII
 */
export function secretForms(secret: string): Set<string> {
  const once = [secret, ...encodings.map((encode) => encode(secret))];
  const twice = once.flatMap((form) => encodings.map((encode) => encode(form)));
  const base64 = base64Cores(secret);
  const urlSafe = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  return new Set([...once, ...twice, ...base64, ...urlSafe]);
}

/**
 * Finds secrets in a text.
 *
 * @returns the secrets that were found, each with its context
 */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return secrets.flatMap((secret) => [...secretForms(secret)]).flatMap((form) => {
    const at = lower.indexOf(form.toLowerCase());
    return at === -1 ? [] : [`${form} in ...${text.slice(Math.max(0, at - 120), at + form.length + 40)}...`];
  });
}
