/**
 * Compares what a model showed with what was recorded.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import type { JsonValue } from "../src/media/json_value.ts";
import type { MimeBundle } from "../src/media/mime_bundle.ts";
import type { CellScore, Match, Part, Shown } from "./eval_run.ts";
import { maskVarying } from "./mask_varying.ts";

/** How one cell's outputs compare. */
export type Score = Pick<CellScore, "parts" | "match">;

/** What is compared, and how it is told as text; an empty text where a cell shows nothing of it. */
const parts: Readonly<Record<Part, (shown: Shown, read: (text: string) => string) => string>> = {
  stdout: ({ stdout }, read) => read(stdout),
  stderr: ({ stderr }, read) => read(stderr),
  result: ({ result }, read) => result === undefined ? "" : tell(result, read),
  displays: ({ displays }, read) => displays.map((bundle) => tell(bundle, read)).join("\n"),
  error: ({ error }, read) => error === undefined ? "" : JSON.stringify([error.ename, read(error.evalue)]),
};

/** From the best to the worst. */
const order: readonly Match[] = ["exact", "normalised", "wrong"];

/**
 * Scores a cell against whichever of the accepted outputs it comes nearest to.
 *
 * Text is equal when it is the same after {@linkcode maskVarying}; `normalised` also takes colours and any white space between words
 * for the same. Of pictures only their presence counts, and PNG is as good as SVG. Tracebacks and metadata do not count.
 *
 * @param accepted what is right
 * @param actual what the model showed
 * @param failed whether the model failed or was late: everything is wrong then
 */
export function scoreCell(accepted: readonly [Shown, ...Shown[]], actual: Shown, failed: boolean): Score {
  const [first, ...rest] = accepted.map((expected) => compare(expected, actual, failed));
  return rest.reduce((best, score) => order.indexOf(score.match) < order.indexOf(best.match) ? score : best, first);
}

function compare(expected: Shown, actual: Shown, failed: boolean): Score {
  const scored: Score["parts"] = {};
  for (const [name, read] of Object.entries(parts) as [Part, typeof parts[Part]][]) {
    if (read(expected, String) === "" && read(actual, String) === "") continue;
    scored[name] = failed ? "wrong" : matchOf((as) => read(expected, as) === read(actual, as));
  }
  const worst = Math.max(failed ? order.indexOf("wrong") : 0, ...Object.values(scored).map((m) => order.indexOf(m)));
  return { parts: scored, match: order[worst] };
}

function matchOf(alike: (read: (text: string) => string) => boolean): Match {
  if (alike(maskVarying)) return "exact";
  return alike(normalise) ? "normalised" : "wrong";
}

function normalise(text: string): string {
  return maskVarying(stripVTControlCharacters(text)).replace(/\s+/g, " ").trim();
}

/** Tells a bundle as text: the same for two that count as equal. */
function tell(bundle: MimeBundle, read: (text: string) => string): string {
  const told = Object.entries(bundle).map(([type, content]) =>
    type.startsWith("image/") ? "image" : `${type} ${tellValue(content, read)}`
  );
  return JSON.stringify([...new Set(told)].sort());
}

function tellValue(value: JsonValue, read: (text: string) => string): string {
  if (typeof value === "string") return JSON.stringify(read(value));
  if (Array.isArray(value)) return `[${value.map((each) => tellValue(each, read)).join()}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${tellValue(each, read)}`);
  return `{${fields.sort().join()}}`;
}
