/**
 * Carries out a complete call of a tool that shows something at once: a value, rich content, an exception.
 *
 * @module
 */

import type { IPythonOutput } from "../ipython_output.ts";
import { readBundle, readException, type ToolArguments } from "./tool_arguments.ts";

/**
 * Carries out a call of `execute_result`, `display` or `error`.
 *
 * @returns what the model is told about it
 * @throws {ModelError} of kind `invalid_answer` for arguments that the tool does not take
 */
export function carryOutCall(
  name: "execute_result" | "display" | "error",
  args: ToolArguments,
  output: IPythonOutput,
): string {
  if (name === "error") {
    const { ename, evalue, traceback } = readException(args);
    output.raise(ename, evalue, traceback);
    return "ok";
  }
  const { data, metadata, dropped } = readBundle(name, args);
  if (name === "display") output.display(data, metadata);
  else output.result(data, metadata);
  return dropped.length > 0 ? `ok, but ${dropped.join(" ")}` : "ok";
}
