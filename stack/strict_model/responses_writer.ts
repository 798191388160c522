/**
 * Writes an answer of OpenAI's Responses interface piece by piece
 * (https://platform.openai.com/docs/api-reference/responses-streaming).
 *
 * @module
 */

import type {
  Response,
  ResponseErrorEvent,
  ResponseFunctionToolCall,
  ResponseOutputMessage,
  ResponseStreamEvent,
} from "openai/resources/responses/responses";
import {
  type AnswerItem,
  encryptedReasoning,
  type IncompleteReason,
  type ResponsesAnswer,
  type ResponsesIdentity,
  type ResponsesUsage,
  toAnswer,
} from "./responses_answer.ts";

export type ResponsesEvent = Sent<ResponseStreamEvent>;
type Sent<E> = E extends { response: Response } ? Omit<E, "response"> & { response: ResponsesAnswer } : E;

/** An event before it has its number. */
type Unnumbered<E> = E extends { sequence_number: number } ? Omit<E, "sequence_number"> : never;

/** An item that is being written. */
interface OpenItem {
  position: number;
  item: AnswerItem;
  isDone: boolean;
}

/**
 * Writes one answer, piece by piece; each method returns the events to send. An item ends when the next begins or, if the calls are
 * interleaved, with the answer.
 */
export class ResponsesWriter {
  readonly #identity: ResponsesIdentity;
  readonly #suffix: string;
  readonly #interleaved: boolean;
  readonly #items: OpenItem[] = [];
  #events = 0;

  /** @param options whether pieces of several calls may alternate */
  constructor(identity: ResponsesIdentity, { interleaved = false }: { interleaved?: boolean } = {}) {
    this.#identity = identity;
    this.#suffix = identity.id.replace(/^resp_/, "");
    this.#interleaved = interleaved;
  }

  begin(): ResponsesEvent[] {
    const response = toAnswer(this.#identity, { status: "in_progress" });
    return [
      this.#number({ type: "response.created", response }),
      this.#number({ type: "response.in_progress", response }),
    ];
  }

  /** Writes reasoning, which is encrypted. */
  reasoning(): ResponsesEvent[] {
    const id = this.#newId("rs");
    return this.#open({ type: "reasoning", id, summary: [], encrypted_content: encryptedReasoning(id) });
  }

  /** Writes a piece of text, or of a refusal to answer. */
  text(piece: string, kind: "output_text" | "refusal" = "output_text"): ResponsesEvent[] {
    const events: ResponsesEvent[] = [];
    let last = this.#items.at(-1);
    if (last?.item.type !== "message" || last.item.content[0].type !== kind) {
      events.push(...this.#openMessage(kind));
      last = this.#items.at(-1)!;
    }
    const at = { item_id: last.item.id!, output_index: last.position, content_index: 0 };
    const [part] = (last.item as ResponseOutputMessage).content;
    if (part.type === "refusal") {
      part.refusal += piece;
      return [...events, this.#number({ type: "response.refusal.delta", ...at, delta: piece })];
    }
    part.text += piece;
    return [...events, this.#number({ type: "response.output_text.delta", ...at, delta: piece, logprobs: [] })];
  }

  call(name: string, callId: string): ResponsesEvent[] {
    const id = this.#newId("fc");
    return this.#open({ type: "function_call", id, call_id: callId, name, arguments: "", status: "in_progress" });
  }

  /**
   * Writes a piece of a call's arguments.
   *
   * @param delta a piece of a JSON text
   * @param index the call's index among the calls; default: the last one
   */
  piece(delta: string, index?: number): ResponsesEvent[] {
    const calls = this.#items.filter(({ item }) => item.type === "function_call");
    const { item, position } = index === undefined ? calls.at(-1)! : calls[index];
    (item as ResponseFunctionToolCall).arguments += delta;
    return [
      this.#number({
        type: "response.function_call_arguments.delta",
        item_id: item.id!,
        output_index: position,
        delta,
      }),
    ];
  }

  /**
   * @param incomplete the reason the answer is not complete; its last item is then incomplete too. Absent if it is
   *   complete
   */
  end(usage: ResponsesUsage, incomplete?: IncompleteReason): ResponsesEvent[] {
    const last = this.#items.at(-1);
    const rest = this.#items.flatMap((open) => {
      const isCut = incomplete !== undefined && (open === last || this.#interleaved);
      return this.#close(open, isCut ? "incomplete" : "completed");
    });
    const output = this.#items.map(({ item }) => item);
    if (incomplete === undefined) {
      const response = toAnswer(this.#identity, { status: "completed", output, usage });
      return [...rest, this.#number({ type: "response.completed", response })];
    }
    const response = toAnswer(this.#identity, { status: "incomplete", output, usage, incomplete });
    return [...rest, this.#number({ type: "response.incomplete", response })];
  }

  /** Ends the answer with an error, in the form of `response.failed`. */
  fail(error: NonNullable<Response["error"]>, usage?: ResponsesUsage): ResponsesEvent[] {
    const output = this.#items.map(({ item }) => item);
    const response = toAnswer(this.#identity, { status: "failed", output, error, usage });
    return [this.#number({ type: "response.failed", response })];
  }

  /** Ends the answer with an error, as a separate `error` event. */
  error(error: Pick<ResponseErrorEvent, "code" | "message">): ResponsesEvent[] {
    return [this.#number({ type: "error", param: null, ...error })];
  }

  #openMessage(kind: "output_text" | "refusal"): ResponsesEvent[] {
    const id = this.#newId("msg");
    const message: ResponseOutputMessage = {
      type: "message",
      id,
      role: "assistant",
      status: "in_progress",
      phase: "final_answer",
      content: [],
    };
    const added = this.#open(message);
    const part = kind === "refusal"
      ? { type: kind, refusal: "" }
      : { type: kind, text: "", annotations: [], logprobs: [] };
    message.content.push(part);
    const at = { item_id: id, output_index: this.#items.length - 1, content_index: 0 };
    return [...added, this.#number({ type: "response.content_part.added", ...at, part: { ...part } })];
  }

  #open(item: AnswerItem): ResponsesEvent[] {
    const ended = this.#interleaved ? [] : this.#items.flatMap((open) => this.#close(open, "completed"));
    const position = this.#items.length;
    this.#items.push({ position, item, isDone: false });
    return [
      ...ended,
      this.#number({ type: "response.output_item.added", output_index: position, item: structuredClone(item) }),
    ];
  }

  #close(open: OpenItem, status: "completed" | "incomplete"): ResponsesEvent[] {
    if (open.isDone) return [];
    open.isDone = true;
    const { item, position } = open;
    const events: ResponsesEvent[] = [];
    const at = { item_id: item.id!, output_index: position };
    if (item.type === "function_call" && status === "completed") {
      events.push(
        this.#number({ type: "response.function_call_arguments.done", ...at, arguments: item.arguments }),
      );
    }
    if (item.type === "message") {
      const [part] = item.content;
      const inside = { ...at, content_index: 0 };
      events.push(
        part.type === "refusal"
          ? this.#number({ type: "response.refusal.done", ...inside, refusal: part.refusal })
          : this.#number({ type: "response.output_text.done", ...inside, text: part.text, logprobs: [] }),
        this.#number({ type: "response.content_part.done", ...inside, part: { ...part } }),
      );
    }
    if (item.type !== "reasoning") item.status = status;
    events.push(
      this.#number({ type: "response.output_item.done", output_index: position, item: structuredClone(item) }),
    );
    return events;
  }

  #newId(prefix: string): string {
    return `${prefix}_${this.#suffix}_${this.#items.length}`;
  }

  #number(event: Unnumbered<ResponsesEvent>): ResponsesEvent {
    return { ...event, sequence_number: this.#events++ } as ResponsesEvent;
  }
}
