/**
 * Reads an answer in Markdown out of what a model writes: without its thoughts, and without the marks of its chat template.
 *
 * @module
 */

import { CodeFence, FENCE } from "../execution/reply/text_call_fence.ts";
import { CHANNEL_MARKS, MESSAGE_ENDS } from "../execution/reply/text_call_channel.ts";
import { skipThoughts, THOUGHT_ENDS, THOUGHT_MARKS } from "../execution/reply/text_call_thoughts.ts";
import { type Reading, TextSource } from "../execution/reply/text_source.ts";

/** A part of an answer: a piece of its text, or that all before was thoughts. */
export type AnswerPart = { type: "text"; text: string } | { type: "thoughts" };

/** What ends a turn; servers that do not know a model's template pass it on. */
const TURN_ENDS = ["<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "</s>", "<｜end▁of▁sentence｜>"];

const MARKS = [...THOUGHT_MARKS, ...THOUGHT_ENDS, ...CHANNEL_MARKS, ...MESSAGE_ENDS, ...TURN_ENDS];

/** What stands between the mark of a channel and its message. */
const MESSAGE_MARK = "<|message|>";

/** The channel of thoughts. */
const THOUGHTS = /\banalysis\b/;

/** Text that needs no closer look. */
const PLAIN = /[^<[`]+/y;

/** What stands before a mark that is only quoted. */
const QUOTES = "\"'`";

/**
 * Reads an answer while it arrives, and finds the same wherever its pieces are cut.
 *
 * Thoughts begin with a mark at the beginning of a line. Where a chat template writes that mark itself, only their end is in the text:
 * what came before it was thoughts, and is kept back where they are expected. Marks in code are code.
 */
export class AnswerText {
  readonly #text = new TextSource();
  readonly #fence = new CodeFence();
  readonly #reading: Reading<void>;
  #parts: AnswerPart[] = [];
  /** What may turn out to be thoughts, where they are expected. */
  #keptBack: string | undefined;
  #isEmpty = true;
  #lastCharacter = "\n";
  /** Whether the line so far is blank: fences and thoughts begin there. */
  #isLineBlank = true;
  /** Whether an end of thoughts may come whose beginning is not in the text. */
  #mayEndThoughts = true;

  /**
   * Begins before the first piece.
   *
   * @param expectsThoughts whether the answer probably begins with thoughts whose beginning is not marked. Default: false
   */
  constructor(expectsThoughts = false) {
    this.#keptBack = expectsThoughts ? "" : undefined;
    this.#reading = this.#read();
  }

  /**
   * Reads the next piece, cut anywhere.
   *
   * @returns what it adds
   */
  write(piece: string): AnswerPart[] {
    this.#text.append(piece);
    return this.#advance();
  }

  /** Reads to the end: nothing more arrives. */
  end(): AnswerPart[] {
    this.#text.end();
    const parts = this.#advance();
    return this.#keptBack ? [{ type: "text", text: this.#keptBack }, ...parts] : parts;
  }

  #advance(): AnswerPart[] {
    this.#reading.next();
    return this.#parts.splice(0);
  }

  *#read(): Reading<void> {
    const text = this.#text;
    while (true) {
      const first = yield* text.peek();
      if (first === "") return;
      if (first === "`" && this.#isLineBlank && (yield* text.match([FENCE])) !== undefined) {
        text.hold();
        yield* this.#fence.read(text);
        this.#add(text.release());
        continue;
      }
      const isCode = this.#fence.isOpen || QUOTES.includes(this.#lastCharacter);
      const mark = !isCode && "<[".includes(first) ? yield* text.match(MARKS) : undefined;
      if (mark === undefined || !(yield* this.#readMark(mark))) this.#add(text.take() + text.run(PLAIN));
    }
  }

  /** Reads what a mark begins or ends; returns whether it is one here, and not text. */
  *#readMark(mark: string): Reading<boolean> {
    const text = this.#text;
    if (THOUGHT_MARKS.includes(mark)) {
      if (!this.#isLineBlank) return false;
      const end = yield* skipThoughts(text, THOUGHT_ENDS);
      text.take(end?.length ?? 0);
      this.#mayEndThoughts = false;
      return true;
    }
    if (THOUGHT_ENDS.includes(mark)) {
      if (!this.#mayEndThoughts) return false;
      text.take(mark.length);
      this.#mayEndThoughts = false;
      if (!this.#isEmpty) this.#parts.push({ type: "thoughts" });
      this.#keptBack = undefined;
      this.#isEmpty = true;
      this.#isLineBlank = true;
      return true;
    }
    text.take(mark.length);
    if (CHANNEL_MARKS.includes(mark)) yield* this.#readChannel();
    return true;
  }

  /** Reads a channel's header, and its message if that is thoughts. */
  *#readChannel(): Reading<void> {
    const text = this.#text;
    let header = "";
    while ((yield* text.peek()) !== "" && (yield* text.match([MESSAGE_MARK])) === undefined) header += text.take();
    text.take(MESSAGE_MARK.length);
    if (THOUGHTS.test(header)) yield* skipThoughts(text, [...MESSAGE_ENDS, ...CHANNEL_MARKS]);
  }

  #add(added: string): void {
    const text = this.#isEmpty ? added.trimStart() : added;
    if (text === "") return;
    this.#isEmpty = false;
    this.#lastCharacter = text[text.length - 1];
    const line = text.slice(text.lastIndexOf("\n") + 1);
    this.#isLineBlank = line.trim() === "" && (this.#isLineBlank || line.length < text.length);
    if (this.#keptBack !== undefined) {
      this.#keptBack += text;
      return;
    }
    const last = this.#parts.at(-1);
    if (last?.type === "text") last.text += text;
    else this.#parts.push({ type: "text", text });
  }
}
