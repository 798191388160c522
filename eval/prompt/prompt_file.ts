/**
 * Reads and writes prompt files: plain text that replaces the system prompt, with placeholders.
 *
 * @module
 */

import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";
import { ConfigurationError, type ConfigurationIssue } from "../../src/errors.ts";
import { closest } from "../../src/options/closest.ts";
import { placeholders, written } from "./placeholders.ts";

/** A word in double braces. Other braces are text: `{{1, 2}}`, `{"a": {}}`. */
const PLACEHOLDER = /\{\{[ \t]*([A-Za-z_]\w*)[ \t]*\}\}/g;

/**
 * @param text the file's content
 * @param path the file's path, for messages
 * @returns the system prompt, without white space at its end
 * @throws {ConfigurationError} naming all placeholders that are missing or unknown
 */
export function fillPrompt(text: string, path: string): string {
  const template = text.replaceAll("\r\n", "\n").trimEnd();
  if (template === "") {
    throw new ConfigurationError([{ message: `${path} is empty: expected a system prompt${ADVICE}` }]);
  }
  const wrong: ConfigurationIssue[] = [...template.matchAll(PLACEHOLDER)].flatMap(({ 1: name, index }) =>
    Object.hasOwn(placeholders, name) ? [] : [{ message: unknown(name, lineOf(template, index), path) }]
  );
  const prompt = template.replace(
    PLACEHOLDER,
    (all, name) => Object.hasOwn(placeholders, name) ? placeholders[name].text : all,
  );
  for (const [name, { text, required, meaning }] of Object.entries(placeholders)) {
    if (!required || prompt.includes(text)) continue;
    wrong.push({ message: `${path} lacks ${written(name)}, ${meaning}: say in it what ${written(name)} is for` });
  }
  if (wrong.length === 0) return prompt;
  throw new ConfigurationError(wrong.map(({ message }, nth) => ({
    message: nth === wrong.length - 1 ? `${message}${ADVICE}` : message,
  })));
}

/** Writes the built-in system prompt as a prompt file. {@linkcode fillPrompt} turns it into the same prompt. */
export function builtInTemplate(): string {
  const template = Object.entries(placeholders).reduce(
    (prompt, [name, { text }]) => prompt.replaceAll(text, written(name)),
    SYSTEM_PROMPT,
  );
  return `${template}\n`;
}

/** Advice for a wrong file. */
const ADVICE = "; deno task eval --show-prompt prints the built-in one";

function unknown(name: string, line: number, path: string): string {
  const meant = closest(name, Object.keys(placeholders));
  const known = Object.keys(placeholders).map(written).join(", ");
  const advice = meant === undefined ? `known are ${known}` : `did you mean ${written(meant)}?`;
  return `line ${line} of ${path} has the unknown placeholder ${written(name)}: ${advice}`;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
