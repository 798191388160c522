/**
 * Determines which tool a model means.
 *
 * @module
 */

import { isToolName, type ToolName, TOOLS } from "./tools.ts";

/** Suffixes that some models add to a name: the number of the call, or the name of the method that makes the call. */
const SUFFIX = /^(?:\d+|call)$/;

/**
 * Normalizes a tool's name. It removes a namespace (`functions.stdout`, `default_api:stdout`), the marks of a channel
 * (`stdout<|channel|>commentary`), a number at the end (`stdout:0`), quotes and white space, and accepts other spellings such as
 * `Stdout` and `executeResult`.
 *
 * @param name the name that the model wrote
 * @param argument the name of the call's first argument, if it is known; `print` with the argument `text` means `stdout`
 * @param tools the tools that the model was offered. Default: the five output tools
 * @returns the tool, or `undefined` if the name means none of them
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

/** Removes quotes, white space, hyphens and underscores from a name, and converts it to lower case. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_\-"'`*]/g, "");
}
