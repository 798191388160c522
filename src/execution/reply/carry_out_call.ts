/**
 * Carries out complete calls of the tools that show a value, rich content or an exception.
 *
 * @module
 */

import type { IPythonOutput } from "../ipython_output.ts";
import { readBundle, readException, type ToolArguments } from "./tool_arguments.ts";

/**
 * Carries out a call of `execute_result`, `display` or `error`.
 *
 * @returns the result of the call for the model
 * @throws {ModelError} of kind `invalid_answer` if the arguments are not valid
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
