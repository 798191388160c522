/**
 * Creates the ids of tool calls in a conversation.
 *
 * @module
 */

/** Digits of the two numbers in an id, in base 36: 60 million cells, and 46,656 calls in each. */
const CELL_DIGITS = 5;
const CALL_DIGITS = 3;

/**
 * Creates the id of a tool call: nine characters of `[a-z0-9]`, the only form that Mistral's API accepts
 * (https://docs.mistral.ai/capabilities/function_calling). It depends only on the cell and the call. A later request therefore
 * repeats the conversation exactly, and the provider's prompt cache can reuse it.
 *
 * @param executionCount the cell's `n` of `In [n]`
 * @param index the position of the call in the cell, from 0
 */
export function callId(executionCount: number, index: number): string {
  return `c${digits(executionCount, CELL_DIGITS)}${digits(index, CALL_DIGITS)}`;
}

function digits(number: number, length: number): string {
  return number.toString(36).padStart(length, "0").slice(-length);
}
