/**
 * Streamed tool calls in every form in which servers number, name and split them.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { ChatCompletionReader } from "../../src/model/chat_completion_reader.ts";
import { fuzzing } from "./fuzzing.ts";

interface Call {
  name: string;
  args: { [key: string]: unknown };
}

/** The form in which a server streams calls. */
interface Dialect {
  /** The index: the call's, 0 for all calls, the tool's, or no index. */
  index: "call" | "zero" | "tool" | "none";
  /** The id: in the first piece, in each, a new one in each, after the last, the tool's, one for all, or no id. */
  id: "first" | "every" | "new" | "last" | "tool" | "one" | "none";
  /**
   * The name: in the first piece, in each, in the second after an empty one, after the arguments, or in pieces before
   * them.
   */
  name: "first" | "every" | "second" | "late" | "pieces";
  /**
   * The arguments: in pieces, each piece with all text before it, after an empty object, again at the end, again in the
   * last piece, or as an object.
   */
  args: "pieces" | "cumulative" | "after {}" | "again" | "doubled" | "object";
  /** Whether the pieces of different calls are interleaved. */
  mixed: boolean;
}

/** A streamed piece of a call. */
interface Piece {
  id?: string;
  name?: string;
  args?: unknown;
}

const NAMES = TOOLS.map(({ name }) => name);

const call: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom(...NAMES),
  args: fc.oneof(
    fc.constantFrom("a\n", '{"text":"a"}', "}{", "it's \\").map((text) => ({ text })),
    fc.string({ unit: "binary" }).map((text) => ({ text })),
    fc.jsonValue().map((value) => ({ data: { "text/plain": value } })),
  ),
});

const dialect: fc.Arbitrary<Dialect> = fc.record({
  index: fc.constantFrom<Dialect["index"]>("call", "zero", "tool", "none"),
  id: fc.constantFrom<Dialect["id"]>("first", "every", "new", "last", "tool", "one", "none"),
  name: fc.constantFrom<Dialect["name"]>("first", "every", "second", "late", "pieces"),
  args: fc.constantFrom<Dialect["args"]>("pieces", "cumulative", "after {}", "again", "doubled", "object"),
  mixed: fc.boolean(),
}).filter(isReadable);

/**
 * Returns whether a dialect is unambiguous. Some do not show whether a piece continues a call or starts the next one.
 */
function isReadable({ index, id, name, args, mixed }: Dialect): boolean {
  if (id === "new" && name === "every" && (index === "none" || args === "again" || args === "cumulative")) return false;
  if (id === "new" && name === "pieces" && index === "none") return false;
  if (!mixed) return true;
  const isNumbered = index === "call" || (index === "none" && id === "every" && (name === "first" || name === "every"));
  return args === "pieces" && isNumbered;
}

/** Cuts a text at places that are given in thousandths of its length. */
function cutAt(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => Math.floor(place * text.length / 1_000)).sort((a, b) => a - b), text.length];
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** Returns the pieces of a call in a dialect. */
function piecesOf({ name, args }: Call, dialect: Dialect, number: number, places: readonly number[]): Piece[] {
  const json = JSON.stringify(args);
  const cut = cutAt(json, places);
  const texts: unknown[] = {
    "pieces": () => cut,
    "cumulative": () => cut.map((_, index) => cut.slice(0, index + 1).join("")),
    "after {}": () => ["{}", ...cut],
    "again": () => [...cut, ...dialect.name === "every" ? [json] : cutAt(json, places.slice(0, 1))],
    "doubled": () => [...cut.slice(0, -1), `${cut.at(-1)} ${json}`],
    "object": () => [args],
  }[dialect.args]();
  const pieces: Piece[] = texts.map((args) => ({ args }));
  if (dialect.name === "first") pieces.unshift({ name });
  if (dialect.name === "second") pieces.splice(0, 1, { name: "" }, { ...pieces[0], name });
  if (dialect.name === "late") pieces.push({ name });
  if (dialect.name === "pieces") pieces.unshift(...cutAt(name, places).map((name) => ({ name })));
  if (dialect.name === "every") pieces.unshift({});
  if (dialect.name === "every") { for (const piece of pieces) piece.name = name; }
  if (dialect.id === "last") pieces.push({});
  for (const [index, piece] of pieces.entries()) {
    const isFirst = index === 0;
    const ids: Record<Dialect["id"], string | undefined> = {
      first: isFirst ? `call_${number}` : undefined,
      every: `call_${number}`,
      new: `call_${number}_${index}`,
      last: index === pieces.length - 1 ? `call_${number}` : undefined,
      tool: `functions.${name}:${NAMES.indexOf(name)}`,
      one: "call",
      none: undefined,
    };
    piece.id = ids[dialect.id];
  }
  return pieces;
}

/** Returns the elements of `tool_calls` in the order of the stream. Absent fields have the value `absent`. */
function wire(calls: Call[], dialect: Dialect, places: readonly number[], absent: null | "" | undefined): unknown[] {
  const all = calls.map((call, number) => ({ call, number, pieces: piecesOf(call, dialect, number, places) }));
  const rounds = dialect.mixed ? Math.max(...all.map(({ pieces }) => pieces.length)) : 1;
  const elements: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { call, number, pieces } of all) {
      for (const piece of dialect.mixed ? pieces.slice(round, round + 1) : pieces) {
        const indexes = {
          call: number,
          zero: 0,
          tool: NAMES.indexOf(call.name),
          none: absent === "" ? undefined : absent,
        };
        elements.push({
          index: indexes[dialect.index],
          id: piece.id ?? absent,
          function: { name: piece.name ?? absent, arguments: piece.args ?? absent },
        });
      }
    }
  }
  return elements;
}

/**
 * Returns the calls that are read from the elements.
 *
 * @param size the number of elements per chunk
 * @param finishAt the number of the chunk with the finish reason
 */
function read(elements: unknown[], size: number, finishAt: number): Call[] {
  const reader = new ChatCompletionReader(NAMES);
  const chunks: unknown[] = [];
  for (let start = 0; start < elements.length; start += size) {
    const finish_reason = chunks.length === finishAt ? "tool_calls" : null;
    chunks.push({ choices: [{ delta: { tool_calls: elements.slice(start, start + size) }, finish_reason }] });
  }
  const calls: { name: string; json: string }[] = [];
  for (const event of [...chunks.flatMap((chunk) => [...reader.read(chunk)]), ...reader.end(true)]) {
    if (event.type === "tool_call") {
      assert.equal(event.index, calls.length);
      calls.push({ name: event.name, json: "" });
    } else if (event.type === "tool_call_delta") {
      calls[event.index].json += event.delta;
    }
  }
  return calls.map(({ name, json }) => ({ name, args: JSON.parse(json) }));
}

Deno.test("tool calls in any dialect arrive once each and in order, wherever they are split", () => {
  const places = fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 6 });
  const absent = fc.constantFrom(null, "" as const, undefined);
  fc.assert(
    fc.property(
      fc.array(call, { minLength: 1, maxLength: 5 }),
      dialect,
      places,
      absent,
      fc.integer({ min: 1, max: 4 }),
      fc.nat({ max: 12 }),
      (calls, dialect, places, absent, size, finishAt) => {
        const json = JSON.parse(JSON.stringify(calls));
        // If several calls share an id, the reader may take the last call for a repetition when the finish reason is
        // present.
        const hasOwnIds = dialect.id !== "one" && dialect.id !== "tool";
        assert.deepEqual(read(wire(calls, dialect, places, absent), size, hasOwnIds ? finishAt : Infinity), json);
      },
    ),
    fuzzing(5_000),
  );
});
