import assert from "node:assert/strict";
import fc from "fast-check";
import { type Syntax, syntaxes } from "../support/text_call_syntaxes.ts";
import { cutAtEveryByte, parseCalls, type PlainCall, readPieces } from "../support/text_calls.ts";
import { cutAt, places } from "./cut_at.ts";
import { fuzzing } from "./fuzzing.ts";

/** Any characters, among them those of the syntaxes themselves. */
const text = fc.array(
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }).map((piece) => piece.toWellFormed()),
    fc.constantFrom(
      "\n",
      "\n\n",
      '"',
      "'",
      "\\",
      "```",
      "<",
      "[",
      "</tool_call>",
      "<tool_call>",
      "</think>",
      "[ARGS]",
      "{}",
      ")",
    ),
  ),
  { maxLength: 5 },
).map((pieces) => pieces.join(""));

/** Returns calls of the tools whose texts a syntax can represent. */
function callsFor({ end }: Syntax): fc.Arbitrary<PlainCall[]> {
  const safe = text.filter((piece) => end === undefined || !piece.includes(end));
  const call = fc.oneof(
    fc.record({ name: fc.constantFrom("stdout", "stderr"), args: fc.record({ text: safe }) }),
    fc.record({
      name: fc.constantFrom("execute_result", "display"),
      args: fc.record({ data: fc.dictionary(fc.constantFrom("text/plain", "text/html"), safe) }),
    }),
    fc.record({
      name: fc.constant("error"),
      args: fc.record({ ename: safe, evalue: safe, traceback: fc.array(safe, { maxLength: 3 }) }),
    }),
  );
  // fast-check's records have no prototype, but parsed JSON has one.
  return fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => JSON.parse(JSON.stringify(calls)));
}

const reply = fc.constantFrom(...syntaxes).chain((syntax) =>
  fc.record({ syntax: fc.constant(syntax), calls: callsFor(syntax), isThought: fc.boolean() })
);

Deno.test("calls in any text syntax are read once each, wherever the reply is cut", () => {
  fc.assert(
    fc.property(reply, places, ({ syntax, calls, isThought }, at) => {
      const written = `${isThought ? "<think>Is it <tool_call>?</think>\n" : ""}${syntax.write(calls)}`;
      for (const pieces of [...cutAtEveryByte(written), cutAt(written, at)]) {
        const found = readPieces(pieces);
        assert.deepEqual(parseCalls(found), calls, syntax.name);
        assert.equal(found.text, "", syntax.name);
      }
    }),
    fuzzing(150),
  );
});

/** Parts of all syntaxes, which form a valid call only by chance. */
const fragment = fc.oneof(
  fc.constantFrom(
    ...[
      "<tool_call>",
      "</tool_call>",
      "<think>",
      "</think>",
      "[TOOL_CALLS]",
      "[ARGS]",
      "<|python_tag|>",
      "<function=",
      ">",
      "<parameter=",
    ],
    ...[
      "</parameter>",
      "</function>",
      "<|channel|>",
      "<|start|>",
      "assistant",
      "analysis",
      "commentary to=functions.",
      "<|message|>",
    ],
    ...[
      "<|end|>",
      "<|call|>",
      "```",
      "```python\n",
      "json",
      "\n",
      " ",
      "{",
      "}",
      "[",
      "]",
      "(",
      ")",
      ",",
      ";",
      ":",
      "=",
      '"',
      "'",
      "\\",
      "`",
    ],
    ...[
      "stdout",
      "execute_result",
      "print",
      "text",
      "data",
      '"name": "stdout"',
      '"arguments": ',
      '{"text": "a\\n"}',
      "text=",
      '"a"',
    ],
    ...[
      "<arg_key>",
      "</arg_key>",
      "<arg_value>",
      "</arg_value>",
      "\\u00e9",
      "\\x41",
      "\\033",
      "null",
      "True",
      "-1.5",
      '"""',
      "stdout(text='a')",
      ">>>",
      ">>>all\n",
      '\n{"text": "a"}',
    ],
  ),
  fc.string({ unit: "binary", maxLength: 3 }).map((piece) => piece.toWellFormed()),
);

Deno.test("any reply is read in the same way, wherever it is cut", () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 25 }).map((parts) => parts.join("")), places, (whole, at) => {
      const expected = readPieces([whole]);
      for (const pieces of [...cutAtEveryByte(whole), cutAt(whole, at), whole.split("")]) {
        assert.deepEqual(readPieces(pieces), expected);
      }
    }),
    fuzzing(1_500),
  );
});

/** Parts of prose about code. None of them is marked as a call. */
const sentence = fc.constantFrom(
  ...[
    'print("hi")\n',
    "The output is hi. ",
    "```python\nprint('a')\n```\n",
    "```\nhi\n```\n",
    '`stdout(text="a")` ',
    "x[0] < y ",
  ],
  ...[
    '{"name": "stdout", "arguments": {"text": "a"}}\n',
    'stdout(text="a")\n',
    "<b>bold</b> ",
    'It\'s "quoted". ',
    "[1, 2]\n",
    ">>> print('a')\na\n",
    ">>>stdout ",
    "<|im_end|>",
  ],
  ...["`<tool_call>`", '"<tool_call>{}</tool_call>" ', "(no output) ", "</tool_call>"],
);

Deno.test("prose that quotes code is read as prose and kept completely", () => {
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 8 }).map((parts) => `Sure. ${parts.join("")}`), places, (prose, at) => {
      for (const pieces of [[prose], cutAt(prose, at), prose.split("")]) {
        assert.deepEqual(readPieces(pieces), { calls: [], text: prose });
      }
    }),
    fuzzing(1_000),
  );
});
