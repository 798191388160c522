/**
 * Reads a model's thoughts, which are not part of the answer, from the events of either of OpenAI's interfaces.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";

/** The fields of a message that hold thoughts: of DeepSeek, vLLM and llama.cpp, of OpenRouter and Groq, and of others. */
const FIELDS = ["reasoning_content", "reasoning", "thinking"];

/** The events with thoughts in the Responses interface: pieces of a summary, or of the thoughts themselves. */
const PIECE = /^response\.reasoning(?:_summary)?_text\.delta$/;

/** Reads the thoughts of one answer. */
export class ThoughtReader {
  #hasThought = false;

  /**
   * Reads one parsed event of the stream, or a whole answer, which may repeat the thoughts that came in pieces.
   *
   * @returns the new thoughts; empty for most events
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

/** Returns the thoughts in a message. Two fields may hold the same thoughts, so only the first one is read. */
function thoughtIn(message: unknown): string {
  if (!isPlainObject(message)) return "";
  for (const field of FIELDS) {
    const thought = message[field];
    if (typeof thought === "string" && thought !== "") return thought;
  }
  return "";
}
