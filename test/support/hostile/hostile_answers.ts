/**
 * Answers of a model server that are endless or slow to read.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import { type EndlessAnswer, gzipBomb } from "../endless_server.ts";
import {
  answer,
  call,
  callInPieces,
  chunkOf,
  display,
  error,
  finish,
  raw,
  type Step,
  text,
} from "../scripted_answer.ts";
import { pathOf } from "./hostile_svgs.ts";
import type { Script } from "../scripted_model_server.ts";

const stream = { "content-type": "text/event-stream" };
const gzip = { "content-encoding": "gzip" };
const eventOf = (delta: JsonValue) =>
  `data: ${JSON.stringify(chunkOf([{ index: 0, delta, finish_reason: null }]))}\n\n`;
const callOf = (index: number, name: string, args: string) =>
  eventOf({ tool_calls: [{ index, id: `c${index}`, type: "function", function: { name, arguments: args } }] });
const calls = (count: number, make: (index: number) => string) =>
  raw(Array.from({ length: count }, (_, at) => make(at)).join(""));
const begun = callOf(0, "stdout", '{"text":"');
const pieceOf = (args: string) => eventOf({ tool_calls: [{ index: 0, function: { arguments: args } }] });
const opened = (levels: number) => "[".repeat(levels);
const closed = (levels: number) => "]".repeat(levels);

/** A hostile answer, and the text that the cell shows. */
export interface HostileAnswer {
  answer(): Script;
  shows: RegExp;
}

/** Returns an endless answer that is aborted with an error. */
const endless = (given: EndlessAnswer, shows: RegExp): HostileAnswer => ({ answer: () => given, shows });
const steps = (make: () => Step[], shows: RegExp): HostileAnswer => ({ answer: make, shows });

const NO_EVENT = /ModelError.*sent more than 8 MB without an event of an answer/;
const TOO_MANY = /ModelError.*more than 10,000 calls in one reply/;
const UNUSABLE = /ModelError|no usable answer/;
const TOO_LONG = /The output was cut after 1,000,000 characters/;
const NO_OUTPUT = /2,000,000 characters that are not output/;

/** Endless reasoning of a model. It is read longer than any other endless answer, up to 256 MB. */
export const thoughtsWithoutEnd: EndlessAnswer = {
  headers: stream,
  piece: eventOf({ reasoning: "thinking, ".repeat(6_000) }),
};

/** The answers by description. Each ends its cell with an error. */
export const hostileAnswers: Record<string, HostileAnswer> = {
  "an error without end": endless({ status: 400, piece: "No. " }, /ModelError.*No\. No\./),
  "an error without end, compressed": endless({ status: 400, headers: gzip, ...gzipBomb("x") }, /ModelError.*400/),
  "an error in JSON without end, compressed": endless(
    { status: 404, headers: { ...gzip, "content-type": "application/json" }, ...gzipBomb("[") },
    /ModelError.*404/,
  ),
  "a refusal of the key without end": endless({ status: 403, piece: "x" }, /ModelError/),
  "a line without end": endless({ headers: stream, head: "data: ", piece: "x" }, NO_EVENT),
  "a line without end, compressed": endless({ headers: { ...stream, ...gzip }, ...gzipBomb("x") }, NO_EVENT),
  "comments without end": endless({ headers: stream, piece: ": ping\n\n" }, NO_EVENT),
  "comments without end, compressed": endless({ headers: { ...stream, ...gzip }, ...gzipBomb(":") }, NO_EVENT),
  "line ends without end": endless({ headers: stream, piece: "\n" }, NO_EVENT),
  "fields without end": endless({ headers: stream, piece: "id: 1\nretry: 1\n" }, NO_EVENT),
  "empty events without end": endless(
    { headers: stream, piece: "data: {}\n\n" },
    /ModelError.*sent more than 262,144 events/,
  ),
  "a web page without end": endless({ headers: { "content-type": "text/html" }, piece: "<p>x</p>\n" }, /ModelError/),
  "a text without end": endless({ headers: stream, head: begun, piece: pieceOf("egg ".repeat(50)) }, TOO_LONG),
  "white space in a call without end": endless(
    { headers: stream, head: callOf(0, "display", '{"data":'), piece: pieceOf(" ".repeat(200)) },
    NO_OUTPUT,
  ),
  "prose without end": endless({ headers: stream, piece: eventOf({ content: "Let me see. ".repeat(30) }) }, NO_OUTPUT),
  "thoughts without end": endless(thoughtsWithoutEnd, /ModelError.*sent more than 256 MB in one answer/),
  "calls without end": endless({ headers: stream, piece: callOf(0, "stdout", '{"text":""}') }, TOO_MANY),
  "100,000 calls with an empty text": steps(
    () => calls(100_000, (at) => callOf(at, "stdout", '{"text":""}')),
    TOO_MANY,
  ),
  "100,000 empty displays": steps(
    () => calls(100_000, (at) => callOf(at, "display", '{"data":{"text/plain":""}}')),
    /The output was cut after 1,000 displays/,
  ),
  "9,000 calls of unknown tools": steps(
    () => answer(calls(9_000, (at) => callOf(at, "tool", "{}")), finish("tool_calls")),
    UNUSABLE,
  ),
  "a name of 500,000 letters": steps(() => answer(call("tool".repeat(125_000), {})), UNUSABLE),
  "arguments with 200,000 nested lists": steps(
    () => answer(callInPieces("display", [`{"data":{"text/plain":${opened(200_000)}${closed(200_000)}}}`])),
    UNUSABLE,
  ),
  "arguments with 200,000 nested lists that never close": steps(
    () => answer(callInPieces("stdout", [`{"text":${opened(200_000)}`])),
    UNUSABLE,
  ),
  "a call in Python with 100,000 nested brackets": steps(
    () => answer(text(`stdout(text=${"(".repeat(100_000)}`)),
    UNUSABLE,
  ),
  "an error with 200,000 lines": steps(
    () => answer(error("E", "v", Array.from({ length: 200_000 }, () => "x"))),
    /E|The output was cut/,
  ),
  "an error of one line of 900,000 characters": steps(
    () => answer(error("E".repeat(1_000), "v".repeat(1_000), ['  File "x", line 1, in f', "    a b ".repeat(110_000)])),
    /E|The output was cut/,
  ),
  "an SVG with a path of 1,000,000 points": steps(
    () => answer(display({ "image/svg+xml": pathOf(1_000_000), "text/plain": "<Figure>" })),
    TOO_LONG,
  ),
};
