/**
 * Evaluates the `user_expressions` of a request: values that clients want to know after a cell.
 *
 * @module
 */

import type { UsageTotal } from "../../execution/usage_meter.ts";
import type { InteractiveShell } from "../../shell/interactive_shell.ts";
import type { JsonObject } from "../message.ts";

/** The number of expressions that are evaluated in a request. Each one asks the model. */
const MAX_EXPRESSIONS = 16;

export interface EvaluatedExpression {
  /** The value in the form of the reply: a MIME bundle, or the raised exception. */
  value: JsonObject;
  usage: UsageTotal;
}

/** The usage of an expression that was not evaluated. */
const NOTHING: UsageTotal = { requests: 0, input: 0, cachedInput: 0, output: 0 };

/** Evaluates expressions one after the other, without adding them to the session. */
export async function evaluateExpressions(
  expressions: readonly [name: string, code: string][],
  shell: InteractiveShell,
  signal: AbortSignal,
): Promise<Record<string, EvaluatedExpression>> {
  const values: Record<string, EvaluatedExpression> = {};
  for (const [index, [name, code]] of expressions.entries()) {
    values[name] = index < MAX_EXPRESSIONS ? await evaluate(code, shell, signal) : {
      value: failed(
        "TooManyExpressions",
        `Only the first ${MAX_EXPRESSIONS} user_expressions of a request are evaluated.`,
      ),
      usage: NOTHING,
    };
  }
  return values;
}

async function evaluate(code: string, shell: InteractiveShell, signal: AbortSignal): Promise<EvaluatedExpression> {
  const { outputs, error, usage } = await shell.runCell(code, { isSilent: true, signal });
  const raised = outputs.findLast((output) => output.type === "error");
  if (raised !== undefined) return { value: failed(raised.ename, raised.evalue, raised.traceback), usage };
  if (error !== undefined) return { value: failed("Error", error), usage };
  const result = outputs.findLast((output) => output.type === "execute_result");
  const { data, metadata = {} } = result ?? { data: { "text/plain": "None" } };
  return { value: { status: "ok", data, metadata }, usage };
}

function failed(ename: string, evalue: string, traceback: string[] = []): JsonObject {
  return { status: "error", ename, evalue, traceback };
}
