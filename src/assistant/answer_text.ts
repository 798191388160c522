/**
 * Extracts the Markdown answer from a model's text. Thoughts and the marks of chat templates are removed.
 *
 * @module
 */

import { CodeFence, FENCE } from "../execution/reply/text_call_fence.ts";
import { CHANNEL_MARKS, MESSAGE_ENDS } from "../execution/reply/text_call_channel.ts";
import { skipThoughts, THOUGHT_ENDS, THOUGHT_MARKS } from "../execution/reply/text_call_thoughts.ts";
import { type Reading, TextSource } from "../execution/reply/text_source.ts";

/** A part of an answer: a piece of its text, or the information that all text so far was thoughts. */
export type AnswerPart = { type: "text"; text: string } | { type: "thoughts" };

/** Marks at the end of a turn. Servers that do not know a model's chat template pass them on. */
const TURN_ENDS = ["<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "</s>", "<｜end▁of▁sentence｜>"];

const MARKS = [...THOUGHT_MARKS, ...THOUGHT_ENDS, ...CHANNEL_MARKS, ...MESSAGE_ENDS, ...TURN_ENDS];

/** The mark between a channel's header and its message. */
const MESSAGE_MARK = "<|message|>";

/** The channel of thoughts. */
const THOUGHTS = /\banalysis\b/;

/** Text that cannot contain a mark. */
const PLAIN = /[^<[`]+/y;

/** Characters before a mark that is only quoted. */
const QUOTES = "\"'`";

/**
 * Reads an answer while it arrives. The result does not depend on how the text is split into pieces.
 *
 * Thoughts begin with a mark at the beginning of a line. If the chat template writes that mark itself, only the end mark is in the
 * text: everything before it was thoughts, and is held back if thoughts are expected. Marks in code are ordinary text.
 */
export class AnswerText {
  readonly #text = new TextSource();
  readonly #fence = new CodeFence();
  readonly #reading: Reading<void>;
  #parts: AnswerPart[] = [];
  /** Text that is held back because it may turn out to be thoughts; `undefined` if none are expected. */
  #keptBack: string | undefined;
  #isEmpty = true;
  #lastCharacter = "\n";
  /** Whether the current line is blank so far. Fences and thoughts can begin only there. */
  #isLineBlank = true;
  /** Whether thoughts without a begin mark may still end. */
  #mayEndThoughts = true;

  /** @param expectsThoughts whether the answer probably begins with thoughts without a begin mark. Default: false */
  constructor(expectsThoughts = false) {
    this.#keptBack = expectsThoughts ? "" : undefined;
    this.#reading = this.#read();
  }

  /** Reads the next piece, which may end anywhere. Returns the parts that it adds. */
  write(piece: string): AnswerPart[] {
    this.#text.append(piece);
    return this.#advance();
  }

  /** Ends the text. Returns the remaining parts. */
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

  /** Reads the text that a mark begins or ends. Returns false if the mark is ordinary text here. */
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

  /** Reads the header of a channel, and skips its message if that is thoughts. */
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
