/**
 * Recorded cells and answers of the offline model in a common form, for comparison.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { maskVarying } from "../../../eval/mask_varying.ts";
import { type GoldenCell, perfectCalls } from "../../golden/golden_cells.ts";
import type { Call } from "./support.ts";

/** The name of a call, and its text. */
interface CallText {
  name: string;
  text: string;
}

/** The header of Python's own traceback of an exception group. */
const GROUP = "Exception Group Traceback (most recent call last):";

/**
 * Returns the texts of a recorded cell, one for each output, in order. An error comes last even if outputs followed it, because a model
 * also reports an exception that IPython survives.
 */
export function recordedTexts(cell: GoldenCell): string[] {
  const calls = perfectCalls(cell).map(({ name, args }): Call => ({ name, arguments: args }));
  const pages = cell.payload?.map(({ data }) => ({ name: "stdout", text: data?.["text/plain"] ?? "" })) ?? [];
  return textsOf([...errorsLast(calls).flatMap(partsOf), ...pages.map(plain)]);
}

/** Returns the texts of the offline model's calls in the same form. */
export function callTexts(calls: readonly Call[]): string[] {
  return textsOf(errorsLast(calls).flatMap(partsOf));
}

function errorsLast(calls: readonly Call[]): Call[] {
  return [...calls.filter((call) => !isError(call)), ...calls.filter(isError)];
}

function isError({ name }: Call): boolean {
  return name === "error";
}

function plain({ name, text }: CallText): CallText {
  return { name, text: stripVTControlCharacters(text) };
}

/** Returns the texts of a call. An exception that IPython writes to stderr has two: that text and the exception. */
function partsOf({ name, arguments: { text, data, metadata = {}, ename, evalue, traceback } }: Call): CallText[] {
  if (name === "stdout" || name === "stderr") return [{ name, text: text as string }];
  if (name !== "error") return [{ name, text: JSON.stringify({ data, metadata }, byKey) }];
  const exception = { name, text: `${ename}: ${maskVarying(evalue as string)}` };
  const lines = (traceback as string[]).join("\n");
  if (ename === "UsageError" || lines.includes(GROUP)) return [{ name: "stderr", text: `${lines}\n` }, exception];
  return [exception, { name: "traceback", text: stripVTControlCharacters(lines) }];
}

function byKey(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

function textsOf(parts: readonly CallText[]): string[] {
  const joined: CallText[] = [];
  for (const { name, text } of parts) {
    const last = joined.at(-1);
    if (last?.name === name && name.startsWith("std")) last.text += text;
    else joined.push({ name, text });
  }
  return joined.map(({ name, text }) => `${name}: ${maskVarying(text)}`);
}
