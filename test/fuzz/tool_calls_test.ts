import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelError } from "../../src/errors.ts";
import { ToolCallReader } from "../../src/execution/reply/tool_call_reader.ts";
import { cutAt, places } from "./cut_at.ts";
import { fuzzing } from "./fuzzing.ts";

/** JSON objects, some of them with the streamed field `text`, with and without indentation. */
const argumentsText = fc.tuple(
  fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()),
  fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
  fc.constantFrom(undefined, 1, "\t"),
).map(([fields, text, space]) => JSON.stringify(text === undefined ? fields : { ...fields, text }, null, space));

Deno.test("arguments that arrive in pieces have the value that JSON.parse() returns for the whole", () => {
  fc.assert(
    fc.property(argumentsText, places, (json, at) => {
      const reader = new ToolCallReader("stdout");
      const pieces = cutAt(json, at).map((piece) => reader.write(piece));
      const parsed = JSON.parse(json);
      assert.equal(reader.complete, Object.keys(parsed).length > 0);
      assert.deepEqual(reader.end(), parsed);
      assert.equal(pieces.join(""), typeof parsed.text === "string" ? parsed.text : "");
    }),
    fuzzing(3_000),
  );
});

Deno.test("no streamed piece of a well-formed text ends within a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }).map((text) => text.toWellFormed()), places, (text, at) => {
      const reader = new ToolCallReader("stdout");
      for (const piece of cutAt(JSON.stringify({ text }), at)) assert.ok(reader.write(piece).isWellFormed());
    }),
    fuzzing(3_000),
  );
});

/** Returns the text, and the arguments or the problem, that a reader finds in these pieces of arguments. */
function outcomeOf(pieces: readonly string[]): { text: string; args?: unknown; problem?: string } {
  const reader = new ToolCallReader("stdout");
  const text = pieces.map((piece) => reader.write(piece)).join("");
  try {
    return { text, args: reader.end() };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    assert.equal(error.kind, "invalid_answer");
    return { text, problem: error.message };
  }
}

/** Parts of arguments as models write them. */
const part = fc.constantFrom(
  ...[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":",
    '"',
    "'",
    "`",
    "\\",
    "\n",
    " ",
    '"""',
    "```json\n",
    "{}",
    "\\n",
    "\\'",
    '\\"',
    "\\x4",
    "\\u00e9",
  ],
  ...[
    '"text"',
    "text",
    "content",
    '"arguments":',
    '"text": "a',
    '{"text": ',
    '"{\\"text\\": \\"',
    "True",
    "None",
    "5.0",
    "-",
    "</tool_call>",
    "😀",
    "é",
  ],
);

Deno.test("any text is read as arguments or rejected in the same way, wherever it is cut", () => {
  const almostJson = fc.tuple(argumentsText, fc.nat(), fc.string()).map(([json, place, noise]) => {
    const at = place % (json.length + 1);
    return json.slice(0, at) + noise + json.slice(at);
  });
  const parts = fc.array(part, { maxLength: 20 }).map((all) => all.join(""));
  fc.assert(
    fc.property(fc.oneof(almostJson, parts, fc.string({ unit: "binary" })), places, (json, at) => {
      const outcome = outcomeOf([json]);
      for (const pieces of [cutAt(json, at), json.split("")]) assert.deepEqual(outcomeOf(pieces), outcome);
    }),
    fuzzing(6_000),
  );
});
