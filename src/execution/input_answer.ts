/**
 * What a model is told about the input that it asked for.
 *
 * @module
 */

import { EndOfInputError, StdinNotImplementedError } from "../errors.ts";
import { isPlainObject } from "../media/json_value.ts";
import type { InputRequest } from "./execution_context.ts";

/** What came of a request for input: the line that was typed, or the exception that Python raises, as its traceback's last line. */
export type InputAnswer = { typed: string } | { raises: string };

/**
 * Asks the person.
 *
 * @param request what is asked for
 * @param ask asks, and rejects as `ExecutionContext.input` does
 * @throws what else `ask` rejects with
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

/** Writes an answer as JSON, so that an empty line and one that looks like anything else can be told from it. */
export function formatInputAnswer(answer: InputAnswer): string {
  return JSON.stringify(answer);
}

/** Reads an answer back; `undefined` when a text is none of {@linkcode formatInputAnswer}'s. */
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

/** The exception in which a failed request ends: IPython's and `getpass`'s own words. */
function exceptionOf(error: unknown, { isPassword }: InputRequest): string | undefined {
  if (error instanceof EndOfInputError) return isPassword ? "EOFError" : "EOFError: EOF when reading a line";
  if (!(error instanceof StdinNotImplementedError)) return undefined;
  const called = isPassword ? "getpass" : "raw_input";
  return `StdinNotImplementedError: ${called} was called, but this frontend does not support input requests.`;
}
