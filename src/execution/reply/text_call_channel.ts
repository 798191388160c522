/**
 * Reads the channels of gpt-oss: `<|channel|>commentary to=functions.stdout <|constrain|>json<|message|>{"text": "a\n"}<|call|>`.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import { BLANK } from "./literal.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";
import { skipThoughts } from "./text_call_thoughts.ts";

/** The marks at the beginning of a message. */
export const CHANNEL_MARKS = ["<|start|>", "<|channel|>"];

/** The marks at the end of a message. */
export const MESSAGE_ENDS = ["<|end|>", "<|return|>", "<|call|>"];

const MESSAGE_MARK = "<|message|>";
const HEADER_MARKS = [...CHANNEL_MARKS, "<|constrain|>", MESSAGE_MARK];

/** The length limit of a header, in characters. Headers have about 60. */
const MAX_HEADER = 200;

/** The channel of thoughts. */
const THOUGHTS = /\banalysis\b/;

/** The recipient of a message, if it is a tool. */
const RECIPIENT = /\bto=([\w.:-]+)/;

/** The kind of a message. `nothing` means that the text is not a message. */
export type ChannelMessage = "call" | "thoughts" | "speech" | "nothing";

/**
 * Reads the header of a message, beginning with its first mark, and its content unless it is for the user. A message to a tool is a
 * call, even in the channel of thoughts.
 */
export function* readChannel(text: TextSource, output: TextCallOutput): Reading<ChannelMessage> {
  const header = yield* readHeader(text);
  if (header === undefined) return "nothing";
  const recipient = RECIPIENT.exec(header)?.[1];
  if (recipient !== undefined) {
    yield* text.skip(BLANK);
    return (yield* readArguments(text, output, recipient)) ? "call" : "nothing";
  }
  if (!THOUGHTS.test(header)) return "speech";
  const end = yield* skipThoughts(text, [...MESSAGE_ENDS, ...CHANNEL_MARKS]);
  if (end === undefined) return "nothing";
  if (MESSAGE_ENDS.includes(end)) text.take(end.length);
  return "thoughts";
}

function* readHeader(text: TextSource): Reading<string | undefined> {
  let header = "";
  while (header.length < MAX_HEADER) {
    header += yield* text.skip(/[^<\n]+/y);
    const mark = yield* text.match(HEADER_MARKS);
    if (mark === undefined) return undefined;
    header += text.take(mark.length);
    if (mark === MESSAGE_MARK) return header;
  }
  return undefined;
}
