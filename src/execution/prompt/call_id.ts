/**
 * The ids of tool calls in a conversation.
 *
 * @module
 */

/** Digits of the two numbers in an id, in base 36: 60 million cells, and 46,656 calls in each. */
const CELL_DIGITS = 5;
const CALL_DIGITS = 3;

/**
 * Makes the id of a tool call: nine characters of `[a-z0-9]`, which is all that Mistral's API takes
 * (https://docs.mistral.ai/capabilities/function_calling). It depends on the cell and the call alone, so a later request repeats the
 * conversation to the letter and the provider's prompt cache answers for it.
 *
 * @param executionCount the cell's `n` of `In [n]`
 * @param index the call's place in the cell, from 0
 */
export function callId(executionCount: number, index: number): string {
  return `c${digits(executionCount, CELL_DIGITS)}${digits(index, CALL_DIGITS)}`;
}

function digits(number: number, length: number): string {
  return number.toString(36).padStart(length, "0").slice(-length);
}
