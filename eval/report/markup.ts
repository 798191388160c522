/**
 * Builds HTML and escapes the values in it.
 *
 * @module
 */

/** Text that is markup and is not escaped. */
export class Html {
  constructor(readonly source: string) {}
}

/** The values of a template: text is escaped, `undefined` is empty, an array is its elements one after the other. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/**
 * Inserts values into markup, in elements or in quoted attributes. Everything that is not {@linkcode Html} is escaped.
 *
 * ```ts
 * markup`<p title="${'"'}">${"<b>"}</p>`.source; // <p title="&quot;">&lt;b&gt;</p>
 * ```
 */
export function markup(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(sourceOf)));
}

function sourceOf(value: HtmlValue): string {
  if (value instanceof Html) return value.source;
  if (Array.isArray(value)) return value.map(sourceOf).join("");
  return value === undefined ? "" : escape(String(value));
}

/** The characters of C0 that markup may not contain, not even escaped. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** Escapes text for elements and quoted attributes. Lone surrogates are replaced, because UTF-8 cannot encode them. */
function escape(text: string): string {
  return text.toWellFormed()
    .replace(FORBIDDEN, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
