/**
 * Reads what a model thinks before it answers, from the events of either of OpenAI's interfaces. It is no part of the answer.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";

/** The fields of a message that hold thoughts: of DeepSeek, vLLM and llama.cpp; of OpenRouter and Groq; of others. */
const FIELDS = ["reasoning_content", "reasoning", "thinking"];

/** The pieces of thoughts in the Responses interface: of a summary, and of the thoughts themselves. */
const PIECE = /^response\.reasoning(?:_summary)?_text\.delta$/;

/** Reads the thoughts of one answer. */
export class ThoughtReader {
  #hasThought = false;

  /**
   * Reads one event of the stream, parsed; or a whole answer, which says again what came in pieces.
   *
   * @returns what it adds; empty for most
   */
  read(event: unknown): string {
    if (!isPlainObject(event)) return "";
    const thought = this.#ofResponse(event) || this.#ofChunk(event);
    this.#hasThought ||= thought !== "";
    return thought;
  }

  #ofResponse({ type, delta }: { [key: string]: unknown }): string {
    if (typeof type !== "string") return "";
    if (type === "response.reasoning_summary_part.added" && this.#hasThought) return "\n\n";
    return PIECE.test(type) && typeof delta === "string" ? delta : "";
  }

  #ofChunk({ choices }: { [key: string]: unknown }): string {
    const choice = Array.isArray(choices) ? choices[0] : undefined;
    if (!isPlainObject(choice)) return "";
    return thoughtIn(choice.delta) || (this.#hasThought ? "" : thoughtIn(choice.message));
  }
}

/** The same thought may stand in two fields. */
function thoughtIn(message: unknown): string {
  if (!isPlainObject(message)) return "";
  for (const field of FIELDS) {
    const thought = message[field];
    if (typeof thought === "string" && thought !== "") return thought;
  }
  return "";
}
