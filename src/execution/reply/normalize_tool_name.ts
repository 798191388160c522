/**
 * Finds out which tool a model means.
 *
 * @module
 */

import { isToolName, type ToolName, TOOLS } from "./tools.ts";

/** What some models add behind a name: the call's number, or the name of the method that makes the call. */
const SUFFIX = /^(?:\d+|call)$/;

/**
 * Takes what is no part of a tool's name off it: the name space before it (`functions.stdout`, `default_api:stdout`), the marks of a
 * channel (`stdout<|channel|>commentary`), a number behind it (`stdout:0`), quotes and blanks; and sees `Stdout` and `executeResult`
 * as what they are.
 *
 * @param name the name as the model wrote it
 * @param argument the name of the call's first argument, if it is known: `print` means `stdout` when it is called with `text`
 * @param tools the tools that the model was offered. Default: the five
 * @returns the tool; `undefined` when it is none of them
 */
export function normalizeToolName(name: string, argument?: string, tools = TOOLS): ToolName | undefined {
  const [bare] = name.split("<", 1);
  const parts = bare.split(/[.:/]/).filter((part) => part.trim() !== "");
  while (parts.length > 1 && SUFFIX.test(parts.at(-1)!.trim())) parts.pop();
  const letters = lettersOf(parts.at(-1) ?? "");
  const wanted = letters === "print" && argument === "text" ? "stdout" : letters;
  const found = tools.find((tool) => lettersOf(tool.name) === wanted)?.name;
  return found !== undefined && isToolName(found, tools) ? found : undefined;
}

/** A name's letters: quotes, blanks and underscores make no difference, other characters do. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_\-"'`*]/g, "");
}
