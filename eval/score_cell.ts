/**
 * Compares the outputs of a model with the recorded ones.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import type { JsonValue } from "../src/media/json_value.ts";
import type { MimeBundle } from "../src/media/mime_bundle.ts";
import { type CellScore, type Match, MATCHES, type Part, type Shown } from "./eval_run.ts";
import { maskVarying } from "./mask_varying.ts";
import { orderText } from "./order_text.ts";

export type Score = Pick<CellScore, "parts" | "match">;

/** The parts that are compared, each as text; empty if a cell has no output of that part. */
const parts: Readonly<Record<Part, (shown: Shown, read: (text: string) => string) => string>> = {
  stdout: ({ stdout }, read) => read(stdout),
  stderr: ({ stderr }, read) => read(stderr),
  result: ({ result }, read) => result === undefined ? "" : textOf(result, read),
  displays: ({ displays }, read) => displays.map((bundle) => textOf(bundle, read)).join("\n"),
  order: (shown, read) => orderText(shown).map(read).join("\n"),
  error: ({ error }, read) => error === undefined ? "" : JSON.stringify([error.ename, read(error.evalue)]),
};

/**
 * Scores a cell against the closest of the accepted outputs.
 *
 * Texts are equal if they are the same after {@linkcode maskVarying}; for `normalised`, colours and white space do
 * not count. Of a picture only its presence counts, as PNG or as SVG. The order of displays and text counts if both
 * are right. Metadata does not count. The traceback has a separate score.
 *
 * @param failed whether the model failed or was late; everything is wrong then
 */
export function scoreCell(accepted: readonly [Shown, ...Shown[]], actual: Shown, failed: boolean): Score {
  const [first, ...rest] = accepted.map((expected) => compare(expected, actual, failed));
  return rest.reduce((best, score) => MATCHES.indexOf(score.match) < MATCHES.indexOf(best.match) ? score : best, first);
}

function compare(expected: Shown, actual: Shown, failed: boolean): Score {
  const scored: Score["parts"] = {};
  for (const [name, read] of Object.entries(parts) as [Part, typeof parts[Part]][]) {
    if (read(expected, String) === "" && read(actual, String) === "") continue;
    if (name === "order" && [scored.stdout, scored.stderr, scored.displays].includes("wrong")) continue;
    scored[name] = failed ? "wrong" : matchOf((as) => read(expected, as) === read(actual, as));
  }
  const worst = Math.max(
    failed ? MATCHES.indexOf("wrong") : 0,
    ...Object.values(scored).map((m) => MATCHES.indexOf(m)),
  );
  return { parts: scored, match: MATCHES[worst] };
}

function matchOf(alike: (read: (text: string) => string) => boolean): Match {
  if (alike(maskVarying)) return "exact";
  return alike(normalise) ? "normalised" : "wrong";
}

function normalise(text: string): string {
  return maskVarying(stripVTControlCharacters(text)).replace(/\s+/g, " ").trim();
}

/** Writes a bundle as text: the same text for bundles that count as equal. */
function textOf(bundle: MimeBundle, read: (text: string) => string): string {
  const forms = Object.entries(bundle).map(([type, content]) =>
    type.startsWith("image/") ? "image" : `${type} ${textOfValue(content, read)}`
  );
  return JSON.stringify([...new Set(forms)].sort());
}

function textOfValue(value: JsonValue, read: (text: string) => string): string {
  if (typeof value === "string") return JSON.stringify(read(value));
  if (Array.isArray(value)) return `[${value.map((each) => textOfValue(each, read)).join()}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${textOfValue(each, read)}`);
  return `{${fields.sort().join()}}`;
}
