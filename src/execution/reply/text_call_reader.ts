/**
 * Reads tool calls that a model writes as text, either because the server has no tools or by mistake.
 *
 * @module
 */

import type { ToolDefinition } from "../model.ts";
import { readBareCalls } from "./text_call_bare.ts";
import { CHANNEL_MARKS, MESSAGE_ENDS, readChannel } from "./text_call_channel.ts";
import { CodeFence, FENCE } from "./text_call_fence.ts";
import { BLANK } from "./literal.ts";
import { type TextCallEvent, TextCallOutput } from "./text_call_output.ts";
import { type Reading, TextSource } from "./text_source.ts";
import { CALL_MARKS, readTaggedCalls } from "./text_call_tagged.ts";
import { readRecipient, RECIPIENT_MARK } from "./text_call_recipient.ts";
import { skipThoughts, THOUGHT_ENDS, THOUGHT_MARKS } from "./text_call_thoughts.ts";
import { FUNCTION_MARKS, readXmlCall } from "./text_call_xml.ts";
import { TOOLS } from "./tools.ts";

export interface TextCallReaderOptions {
  /** The cell's code. If a model quotes a call from it, no call is made. */
  code?: string;
  /** The index of the first call. Default: 0 */
  firstIndex?: number;
  /** The tools that may be called. Default: the five output tools */
  tools?: readonly ToolDefinition[];
}

/** Marks that have a meaning anywhere in the text. */
const MARKS = [...CALL_MARKS, ...FUNCTION_MARKS, ...CHANNEL_MARKS, ...THOUGHT_MARKS, ...THOUGHT_ENDS];

/** Marks that have no meaning at the beginning and between calls. */
const EMPTY_MARKS = [
  FENCE,
  ...["</tool_call>", "</tool_calls>", "</function>", "</function_call>", "</functioncall>", "</tools>", "</invoke>"],
  ...["<function_calls>", "</function_calls>", "<|/tool_call|>", "[END_TOOL_REQUEST]"],
  ...["<|tool_calls_section_begin|>", "<|tool_call_end|>", "<|tool_calls_section_end|>"],
  ...["<｜tool▁calls▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁calls▁end｜>", "<｜end▁of▁sentence｜>"],
  ...["<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "</s>", ...MESSAGE_ENDS],
];

/** Characters between calls, including superfluous brackets. */
const SEPARATORS = /[\s,;\]}]+/y;

/** Prose that cannot contain a mark. */
const PROSE = /[^<[`>]+/y;

/** Characters before a mark that is only quoted. */
const QUOTES = "\"'`";

/**
 * Reads a reply's text while it arrives, in linear time. The result does not depend on how the text is split into pieces.
 *
 * A marked call counts anywhere, except in quotes and in blocks of Python. JSON objects and Python calls without marks count only
 * if nothing except calls and thoughts precedes them. Thoughts are left out. Prose before the first call is returned with that call
 * or at the end, because an end mark of thoughts may follow it.
 *
 * @example
 * ```ts
 * const reader = new TextCallReader();
 * reader.write('<tool_call>{"name": "stdout", "arguments": {"te');
 * // [{ type: "tool_call", index: 0, id: "text00000", name: "stdout" }, { type: "tool_call_delta", index: 0, delta: '{"te' }]
 * ```
 */
export class TextCallReader {
  readonly #text = new TextSource();
  readonly #output: TextCallOutput;
  readonly #fence = new CodeFence();
  readonly #reading: Reading<void>;

  constructor({ code = "", firstIndex = 0, tools = TOOLS }: TextCallReaderOptions = {}) {
    this.#output = new TextCallOutput(this.#text, code, firstIndex, tools);
    this.#reading = this.#read();
  }

  /** Reads the next piece, which may end anywhere. Returns the events that it adds. */
  write(piece: string): TextCallEvent[] {
    this.#text.append(piece);
    this.#reading.next();
    return this.#output.take();
  }

  /**
   * Ends the text and returns the last events. Text that is not a call by now is prose. The arguments of a call that was cut off
   * remain incomplete.
   */
  end(): TextCallEvent[] {
    this.#text.end();
    this.#reading.next();
    return this.#output.end();
  }

  *#read(): Reading<void> {
    const text = this.#text;
    while (true) {
      const gap = this.#output.isBetween ? yield* this.#skipGap() : "";
      const first = yield* text.peek();
      if (first === "") return;
      text.hold();
      const isRead = yield* this.#readForm(first);
      const rest = text.release();
      if (!isRead) this.#output.text(gap + (rest || text.take()) + text.run(PROSE));
    }
  }

  /** Skips text without meaning at the beginning and between calls. Returns the text that prose after it begins with. */
  *#skipGap(): Reading<string> {
    const text = this.#text;
    text.hold();
    while (true) {
      yield* text.skip(this.#output.made > 0 ? SEPARATORS : BLANK);
      const mark = yield* text.match(EMPTY_MARKS);
      if (mark === undefined) {
        const gap = text.release();
        return this.#output.made > 0 ? "\n" : gap;
      }
      if (mark === FENCE) yield* this.#fence.read(text);
      else text.take(mark.length);
    }
  }

  /** Reads a call or thoughts. If there are none, the text that it consumed is prose. */
  *#readForm(first: string): Reading<boolean> {
    const text = this.#text;
    const output = this.#output;
    if (first === "`") {
      if ((yield* text.match([FENCE])) !== undefined) yield* this.#fence.read(text);
      return false;
    }
    const isQuoted = !output.isBetween && (this.#fence.isPython || QUOTES.includes(output.lastCharacter));
    const mark = "<[".includes(first) ? yield* text.match(isQuoted ? THOUGHT_ENDS : MARKS) : undefined;
    output.quotable = !output.isClean;
    if (mark !== undefined) return yield* this.#readMarked(mark);
    if (first === RECIPIENT_MARK[0]) return !isQuoted && (yield* readRecipient(text, output));
    return output.isClean && (yield* readBareCalls(text, output));
  }

  *#readMarked(mark: string): Reading<boolean> {
    const text = this.#text;
    const output = this.#output;
    if (CHANNEL_MARKS.includes(mark)) {
      const message = yield* readChannel(text, output);
      if (message === "speech") output.dropThoughts();
      return message !== "nothing";
    }
    text.take(mark.length);
    if (CALL_MARKS.includes(mark)) return yield* readTaggedCalls(text, output);
    if (FUNCTION_MARKS.includes(mark)) return yield* readXmlCall(text, output);
    if (THOUGHT_MARKS.includes(mark)) {
      const end = yield* skipThoughts(text, THOUGHT_ENDS);
      if (end === undefined) return false;
      text.take(end.length);
    } else {
      output.dropThoughts();
      this.#fence.leave();
    }
    return true;
  }
}
