/**
 * Writes the results of checks for people: one line each, followed by the steps to fix it.
 *
 * @module
 */

import { optionTable } from "../options/option_table.ts";
import type { Style, StyleName } from "../terminal/style.ts";
import { wrapWords } from "../terminal/wrap_words.ts";
import type { CheckName, CheckResult, CheckStatus } from "./check_result.ts";
import type { SettingRow } from "./settings_check.ts";

export const checkLabels: Record<CheckName, string> = {
  settings: "settings",
  "model-server": "model server",
  "api-key": "API key",
  model: "model",
  exchange: "one cell",
  history: "second cell",
  "sync-server": "sync server",
  token: "token",
  notebook: "notebook",
  runtime: "runtime",
};

/** The words for the states. They are clear without colour. */
const marks: Record<CheckStatus, { word: string; style: StyleName }> = {
  ok: { word: "ok", style: "green" },
  warn: { word: "warn", style: "yellow" },
  fail: { word: "FAIL", style: "red" },
  skip: { word: "skip", style: "dim" },
};

const markColumns = "FAIL  ".length;
const labelColumns = "model server  ".length;
/** The indentation of messages. */
const indent = " ".repeat(markColumns + labelColumns);
const settingIndent = " ".repeat(markColumns);
const flagColumns = "--max-tokens-per-session  ".length;

export interface CheckWords {
  /** The state: `ok`, `warn`, `FAIL` or `skip`. */
  mark: string;
  label: string;
  message: string;
  remedies: string[];
}

export function describeCheck({ name, status, message, remedy = "" }: CheckResult): CheckWords {
  const remedies = remedy.split("\n").filter((line) => line !== "");
  return { mark: marks[status].word, label: checkLabels[name], message, remedies };
}

/**
 * Writes a result: its line, and the steps to fix it.
 *
 * @param width the width of the terminal, in columns
 */
export function formatCheck(result: CheckResult, style: Style, width: number): string {
  const { mark, label, message, remedies } = describeCheck(result);
  const columns = width - indent.length;
  const [first, ...rest] = wrapWords(message, columns);
  const head = style.paint(marks[result.status].style, mark.padEnd(markColumns)) + label.padEnd(labelColumns) + first;
  const steps = remedies.flatMap((remedy) =>
    wrapWords(remedy, columns - ARROW.length).map((line, row) => indent + (row === 0 ? ARROW : NO_ARROW) + line)
  );
  return lines([head, ...rest.map((line) => indent + line), ...steps]);
}

/** The mark before a step. */
const ARROW = "-> ";
const NO_ARROW = "   ";

/** Writes the line of a check that is still running. */
export function formatPending(name: CheckName): string {
  return "...".padEnd(markColumns) + checkLabels[name];
}

/** Writes the settings, one per line: the flag, the value, and its origin. */
export function formatSettings(rows: readonly SettingRow[], style: Style, width: number): string {
  const indented = settingIndent + " ".repeat(flagColumns);
  return lines(rows.flatMap(({ name, value, origin }) => {
    const text = value === null ? origin : `${value} (${origin})`;
    const [first, ...rest] = wrapWords(text, width - indented.length);
    const flag = `--${optionTable[name].flag}`.padEnd(flagColumns);
    return [settingIndent + style.paint("dim", flag) + first, ...rest.map((line) => indented + line)];
  }));
}

function lines(parts: readonly string[]): string {
  return parts.map((line) => `${line.trimEnd()}\n`).join("");
}
