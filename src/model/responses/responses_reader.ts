/**
 * Reads the events of a streaming answer of OpenAI's Responses interface
 * (https://platform.openai.com/docs/api-reference/responses-streaming).
 *
 * @module
 */

import type { FinishReason, ModelEvent, ProviderDataEvent, TokenUsage } from "../../execution/model.ts";
import { isPlainObject } from "../../media/json_value.ts";
import { keepReplyItem } from "./reply_items.ts";
import { UnfinishedStreamError } from "../stream_errors.ts";
import { ResponsesFailure } from "./responses_failure.ts";
import { type StreamedCall, StreamedCalls } from "./streamed_calls.ts";
import {
  keyOf,
  nameOf,
  type OutputItem,
  pieceOf,
  type StreamedEvent,
  type StreamedResponse,
} from "./streamed_event.ts";
import { restOf, StreamedTexts } from "./streamed_texts.ts";

/** The events of the answer itself. Those before it only confirm the request. */
const ANSWER = /^response\.(?:output_|content_part|refusal|function_call|reasoning|completed|incomplete)/;

/** An event that the reader yields: an event of a model, or data that is sent back to the provider with the turn. */
export type ReplyEvent = ModelEvent | ProviderDataEvent;

/**
 * Turns the events of one answer into model events.
 *
 * Yields text and arguments as they arrive. An event that repeats a whole text adds only the part that has not arrived yet. So a server
 * may leave out the pieces or the whole.
 */
export class ResponsesReader {
  readonly #calls = new StreamedCalls();
  readonly #texts = new StreamedTexts();
  /** The items whose provider data has been yielded: calls themselves, and the ids and positions of other items. */
  readonly #kept = new Set<StreamedCall | string | number>();
  #opened = false;
  #begun = false;
  #finished = false;
  #usage: TokenUsage | undefined;

  /** Whether at least one event of the Responses interface has been read. The first ones only confirm the request. */
  get opened(): boolean {
    return this.#opened;
  }

  /** Whether the model has begun to answer or to reason. Until then the request can be sent again. */
  get begun(): boolean {
    return this.#begun;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get calls(): number {
    return this.#calls.count;
  }

  /** The token usage; `undefined` if the server has not sent it. */
  get usage(): TokenUsage | undefined {
    return this.#usage;
  }

  /**
   * Ends the answer. Yields the token usage.
   *
   * @throws {UnfinishedStreamError} when the answer breaks off
   */
  *end(): Generator<ModelEvent> {
    if (!this.#finished) throw new UnfinishedStreamError();
    if (this.#usage !== undefined) yield { type: "usage", usage: this.#usage };
  }

  /**
   * Reads one event. Skips events of other kinds.
   *
   * @throws {ResponsesFailure} when the server ends its answer with an error
   */
  *read(value: unknown): Generator<ReplyEvent> {
    if (!isPlainObject(value) || this.#finished) return;
    const event = value as StreamedEvent;
    const { type, item, response } = event;
    if (type === "error") throw new ResponsesFailure(event.error ?? event);
    if (typeof type !== "string" || !type.startsWith("response.")) return;
    this.#opened = true;
    if (type === "response.failed" || response?.status === "failed") {
      this.#readUsage(response);
      throw new ResponsesFailure(response?.error);
    }
    this.#begun ||= ANSWER.test(type);
    switch (type) {
      case "response.output_item.added":
        if (item?.type === "function_call") this.#calls.item(nameOf(item, event), item.name ?? "");
        break;
      case "response.output_text.delta":
      case "response.refusal.delta":
        yield* this.#texts.piece(keyOf(event), event.delta);
        break;
      case "response.output_text.done":
        yield* this.#texts.whole(keyOf(event), event.text);
        break;
      case "response.refusal.done":
        yield* this.#texts.whole(keyOf(event), event.refusal);
        break;
      case "response.function_call_arguments.delta":
        yield* this.#readArguments(this.#calls.piece(pieceOf(event)), event.delta);
        break;
      case "response.function_call_arguments.done":
        yield* this.#readWholeArguments(this.#calls.piece(pieceOf(event)), event.arguments);
        break;
      case "response.output_item.done":
        if (item?.type === "function_call") {
          yield* this.#readCall(this.#calls.item(nameOf(item, event), item.name ?? ""), item);
        } else if (item) {
          yield* this.#readTexts(item, event);
          yield* this.#keepItem(item, event.output_index ?? this.#kept.size, item.id);
        }
        break;
      case "response.completed":
      case "response.incomplete":
        yield* this.#end(type, response ?? {});
        break;
    }
  }

  /** Reads a piece of a call's arguments. Skips pieces while the call has no name: its item will hold the whole. */
  *#readArguments(call: StreamedCall | undefined, piece: unknown): Generator<ReplyEvent> {
    if (call === undefined || call.name === "" || typeof piece !== "string" || piece === "") return;
    yield* this.#calls.announce(call);
    call.received += piece;
    yield { type: "tool_call_delta", index: call.index!, delta: piece };
  }

  *#readWholeArguments(call: StreamedCall | undefined, whole: unknown): Generator<ReplyEvent> {
    if (call === undefined || whole === undefined || whole === null) return;
    const text = typeof whole === "string" ? whole : JSON.stringify(whole);
    yield* this.#readArguments(call, restOf(text, call.received));
  }

  /** Reads the parts of a message that is done. */
  *#readTexts({ type, id, content }: OutputItem, event: StreamedEvent): Generator<ReplyEvent> {
    if (type !== "message" || !Array.isArray(content)) return;
    for (const [index, part] of content.entries()) {
      yield* this.#texts.whole(keyOf({ item_id: id, ...event, content_index: index }), part?.text ?? part?.refusal);
    }
  }

  /** Reads a call that is done. */
  *#readCall(call: StreamedCall, item: OutputItem): Generator<ReplyEvent> {
    yield* this.#calls.announce(call);
    yield* this.#readWholeArguments(call, item.arguments);
    if (this.#kept.has(call)) return;
    this.#kept.add(call);
    const data = keepReplyItem(item, call.position ?? this.#kept.size, call.index);
    if (data !== undefined) yield { type: "provider_data", data };
  }

  /**
   * Yields the provider data of an item that is done and not a call, once.
   *
   * @param id the item's id, if no other item can have the same position
   */
  *#keepItem(item: OutputItem, position: number, id?: string | null): Generator<ReplyEvent> {
    if (this.#kept.has(item.id ?? position) || this.#kept.has(id ?? position)) return;
    this.#kept.add(position).add(item.id ?? position);
    const data = keepReplyItem(item, position);
    if (data !== undefined) yield { type: "provider_data", data };
  }

  /** Reads the last event. It repeats the whole output; only the parts that have not arrived yet are yielded. */
  *#end(type: string, response: StreamedResponse): Generator<ReplyEvent> {
    this.#readUsage(response);
    const output = Array.isArray(response.output) ? response.output : [];
    const callIds = new Set(output.map((item) => item?.call_id));
    // Calls to which the server gives new ids at the end are matched by their order.
    const renamed = this.#calls.inOrder().filter(({ callId }) => !callIds.has(callId));
    for (const [position, item] of output.entries()) {
      if (item?.type === "function_call") {
        const name = nameOf(item, { output_index: position });
        const call = this.#calls.known(name) ?? renamed.shift() ?? this.#calls.item(name, item.name ?? "");
        yield* this.#readCall(call, item);
      } else if (item) {
        yield* this.#readTexts(item, { output_index: position });
        yield* this.#keepItem(item, position);
      }
    }
    for (const call of this.#calls.inOrder()) yield* this.#calls.announce(call);
    yield { type: "finish", reason: this.#finishReason(type, response) };
    this.#finished = true;
  }

  #finishReason(type: string, { status, incomplete_details }: StreamedResponse): FinishReason {
    const isComplete = type === "response.completed" && status !== "incomplete";
    if (!isComplete) return incomplete_details?.reason === "content_filter" ? "content_filter" : "length";
    return this.#calls.count > 0 ? "tool_calls" : "stop";
  }

  #readUsage(response: StreamedResponse | null | undefined): void {
    const usage = response?.usage;
    if (!usage) return;
    const reasoning = usage.output_tokens_details?.reasoning_tokens ?? undefined;
    this.#usage = {
      input: usage.input_tokens ?? 0,
      cachedInput: usage.input_tokens_details?.cached_tokens ?? 0,
      output: usage.output_tokens ?? 0,
      ...(reasoning !== undefined && { reasoning }),
    };
  }
}
