/**
 * Encodes the steps of a scripted answer as chunks of a chat completion.
 *
 * @module
 */

import { chunkOf, type SpokenStep } from "./scripted_answer.ts";

/** Converts the steps of one answer to its events. */
export class ScriptedCompletion {
  #calls = 0;

  /** Returns the bytes or the text to send for a step. */
  write(step: SpokenStep): string | Uint8Array<ArrayBuffer> {
    switch (step.type) {
      case "raw":
        return step.bytes;
      case "chunk":
        return event(step.chunk);
      case "call": {
        const index = this.#calls++;
        const fn = { name: step.name, arguments: "" };
        return toolCall({ index, id: step.id ?? `call_${index}`, type: "function", function: fn });
      }
      case "piece":
        return toolCall({ index: step.index ?? this.#calls - 1, function: { arguments: step.text } });
    }
  }
}

function toolCall(value: Parameters<typeof chunkOf>[0][number]): string {
  return event(chunkOf([{ index: 0, delta: { tool_calls: [value] }, finish_reason: null }]));
}

function event(chunk: unknown): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
