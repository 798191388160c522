/**
 * The answer to a request for input, in the form that is sent to the model.
 *
 * @module
 */

import { EndOfInputError, StdinNotImplementedError } from "../errors.ts";
import { isPlainObject } from "../media/json_value.ts";
import type { InputRequest } from "./execution_context.ts";

/** The typed line, or the exception that Python raises, as the last line of its traceback. */
export type InputAnswer = { typed: string } | { raises: string };

/**
 * Asks the person and converts the result.
 *
 * @param ask asks the person; it rejects like `ExecutionContext.input`
 * @throws any other error of `ask`
 */
export async function answerInput(request: InputRequest, ask: () => Promise<string>): Promise<InputAnswer> {
  try {
    return { typed: await ask() };
  } catch (error) {
    const raises = exceptionOf(error, request);
    if (raises === undefined) throw error;
    return { raises };
  }
}

/** Encodes an answer as JSON. An empty line, or one that looks like an exception, therefore remains unambiguous. */
export function formatInputAnswer(answer: InputAnswer): string {
  return JSON.stringify(answer);
}

/** Decodes an answer. Returns `undefined` if the text was not written by {@linkcode formatInputAnswer}. */
export function parseInputAnswer(text: string): InputAnswer | undefined {
  if (!/^\{"(?:typed|raises)":"/.test(text)) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    if (!isPlainObject(answer)) return undefined;
    if (typeof answer.typed === "string") return { typed: answer.typed };
    return typeof answer.raises === "string" ? { raises: answer.raises } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the exception that a failed request raises, in the words of IPython and `getpass`. */
function exceptionOf(error: unknown, { isPassword }: InputRequest): string | undefined {
  if (error instanceof EndOfInputError) return isPassword ? "EOFError" : "EOFError: EOF when reading a line";
  if (!(error instanceof StdinNotImplementedError)) return undefined;
  const called = isPassword ? "getpass" : "raw_input";
  return `StdinNotImplementedError: ${called} was called, but this frontend does not support input requests.`;
}
