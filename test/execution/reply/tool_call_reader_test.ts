/**
 * Arguments read while they arrive are the same as arguments read at the end, wherever their pieces are cut.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../../src/errors.ts";
import { ToolCallReader } from "../../../src/execution/reply/tool_call_reader.ts";
import { readBundle } from "../../../src/execution/reply/tool_arguments.ts";
import { UNREADABLE_CASES } from "../../support/unreadable_cases.ts";

const TEXTS = [
  "",
  "hello\n",
  'say "hi" \\ and \\n, not a newline\n',
  "tab\tbackspace\bformfeed\freturn\rnull\0bell\x07escape\x1b[31mred\x1b[0m",
  "é ü ß 漢字 \u2028 \u2029 \ufeff",
  "😀👩‍👩‍👧 𝒳 at the end 😀",
  "\ud83d alone, \ude00 alone, \ude00\ud83d the wrong way round",
  '{"text":"not this"} [1, 2] : , }',
  "</script> / \\u0041 \\\\",
];

/** The ways in which a server may write the same arguments. */
const ENCODINGS: Record<string, (text: string) => string> = {
  "JSON.stringify": (text) => JSON.stringify({ text }),
  "escapes only": (text) => `{${escapeAll("text")}:${escapeAll(text)}}`,
  "spaces and other keys": (text) =>
    ` {\n "a" : {"text":"x","b":[{"text":"y"}]} ,\t"texts":["z", "text"], "text" : ${
      JSON.stringify(text)
    } , "c":null}\n`,
};

function escapeAll(text: string): string {
  const escapes = Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`;
  });
  return `"${escapes.join("")}"`;
}

/** Writes pieces to a reader. Returns the text that it yields for each piece, and the reader. */
function read(pieces: string[]): { texts: string[]; reader: ToolCallReader } {
  const reader = new ToolCallReader("stdout");
  return { texts: pieces.map((piece) => reader.write(piece)), reader };
}

/** Cuts a text at random positions. The same seed gives the same cuts. */
function cutAtRandom(text: string, seed: number): string[] {
  const pieces: string[] = [];
  let state = seed;
  for (let start = 0; start < text.length;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const length = state % 7;
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  return pieces;
}

for (const [encoding, encode] of Object.entries(ENCODINGS)) {
  Deno.test(`ToolCallReader reads arguments written with ${encoding} in two pieces`, () => {
    for (const text of TEXTS) {
      const json = encode(text);
      for (let cut = 0; cut <= json.length; cut++) {
        const { texts, reader } = read([json.slice(0, cut), json.slice(cut)]);
        assert.equal(texts.join(""), text, `${json} cut at ${cut}`);
        assert.deepEqual(reader.end(), JSON.parse(json));
      }
    }
  });

  Deno.test(`ToolCallReader reads arguments written with ${encoding} in many pieces`, () => {
    for (const text of TEXTS) {
      const json = encode(text);
      const cuts = [json.split(""), ...Array.from({ length: 50 }, (_, seed) => cutAtRandom(json, seed))];
      for (const pieces of cuts) {
        const { texts, reader } = read(pieces);
        assert.equal(texts.join(""), text);
        assert.deepEqual(reader.end(), JSON.parse(json));
      }
    }
  });

  Deno.test(`ToolCallReader never yields half a surrogate pair of arguments written with ${encoding}`, () => {
    const { texts } = read(encode("a😀b👩‍👩‍👧c").split(""));
    assert.ok(texts.every((text) => text.isWellFormed()), JSON.stringify(texts));
  });
}

Deno.test("ToolCallReader yields text as soon as it is known", () => {
  const { texts } = read(["{", '"text"', ':"', "a", "b\\", "nc", "\\u00", "e9", '"', "}"]);
  assert.deepEqual(texts, ["", "", "", "a", "b", "\nc", "", "é", "", ""]);
});

Deno.test("ToolCallReader yields no text for arguments other than text", () => {
  const json = '{"data":{"text/plain":"6","text":"no"},"metadata":{"text":"no"}}';
  const { texts, reader } = read(json.split(""));
  assert.equal(texts.join(""), "");
  assert.deepEqual(reader.end(), JSON.parse(json));
});

Deno.test("ToolCallReader reports when the arguments are complete", () => {
  const reader = new ToolCallReader("stdout");
  reader.write('{"a":{"b":"}"}');
  assert.equal(reader.complete, false);
  reader.write("}");
  assert.equal(reader.complete, true);
  reader.write(" \n");
  assert.equal(reader.complete, true);
});

for (
  const { name, args, problem } of UNREADABLE_CASES.filter(({ problem }) =>
    /breaks off|not valid JSON/.test(`${problem}`)
  )
) {
  Deno.test(`ToolCallReader rejects ${JSON.stringify(args)} with an error that names the tool`, () => {
    const reader = new ToolCallReader(name);
    reader.write(args);
    assert.throws(() => reader.end(), (error) => {
      assert.ok(error instanceof ModelError);
      assert.equal(error.kind, "invalid_answer");
      assert.match(error.message, problem);
      assert.ok(error.message.includes(`${name}()`));
      return true;
    });
    assert.equal(reader.json, undefined);
  });
}

Deno.test("ToolCallReader yields text while it arrives in unusual forms of arguments", () => {
  for (
    const pieces of [
      ["{'te", "xt': '", "a", "b\\", "nc'", "}"],
      ['```json\n{"te', 'xt": "', "a", "b\\", 'nc"', "}\n```"],
      ['"{\\"te', 'xt\\": \\"', "a", "b\\\\", 'nc\\"', '}"'],
      ['{}{"te', 'xt": "', "a", "b\\", 'nc"', "}"],
      ['{"arguments": {"te', 'xt": "', "a", "b\\", 'nc"', "}}"],
    ]
  ) {
    const { texts, reader } = read(pieces);
    assert.deepEqual(texts, ["", "", "a", "b", "\nc", ""], pieces.join(""));
    assert.deepEqual(reader.end(), { text: "ab\nc" });
  }
});

Deno.test("ToolCallReader does not report an empty object as complete", () => {
  const reader = new ToolCallReader("stdout");
  reader.write("{}");
  assert.equal(reader.complete, false);
  assert.deepEqual(reader.end(), {});
});

Deno.test("ToolCallReader normalizes the name of the tool", () => {
  assert.equal(new ToolCallReader("functions.stdout ").tool, "stdout");
  assert.equal(new ToolCallReader("print").tool, undefined);
  assert.equal(new ToolCallReader("get_weather").tool, undefined);
});

Deno.test("ToolCallReader.json keeps valid arguments unchanged and normalizes others", () => {
  const jsonOf = (args: string, name = "stdout") => {
    const reader = new ToolCallReader(name);
    reader.write(args);
    reader.end();
    return reader.json;
  };
  assert.equal(jsonOf('{ "text" : "a" }'), '{ "text" : "a" }');
  assert.equal(jsonOf("{'text': 'a\n'}"), '{"text":"a\\n"}');
  assert.equal(jsonOf('{"arguments": {"text": ["a"]}}'), '{"text":"a\\n"}');
  assert.equal(jsonOf('{"text/plain": "5"}', "execute_result"), '{"data":{"text/plain":"5"}}');
});

const LARGE = 'line é 😀 \\ "quoted"\n'.repeat(50_000);
const LARGE_JSON = JSON.stringify({ text: LARGE });

for (
  const [what, args, streamed = LARGE] of [
    ["JSON", LARGE_JSON],
    ["JSON with raw line breaks", LARGE_JSON.replaceAll("\\n", "\n")],
    ["text in Python's quotes", `{'text': '${LARGE.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}'}`],
    ["an object in a string", JSON.stringify(LARGE_JSON)],
    ["an object in a string in a string", JSON.stringify(JSON.stringify(LARGE_JSON))],
    ["a wrapped object", `{"parameters": ${LARGE_JSON}}`],
    ["text under another key", LARGE_JSON.replace("text", "content"), ""],
    ["text in a list of lines", JSON.stringify({ text: LARGE.split(/(?<=\n)/) }), ""],
    ["text after an object", `{"text":"a"}${LARGE}`, "a"],
    ["text after an object in a string", JSON.stringify(`{"text":"a"}${LARGE}`), "a"],
    ["empty objects", "{}".repeat(500_000), ""],
  ] as [string, string, string?][]
) {
  Deno.test(`ToolCallReader reads a megabyte of ${what} in pieces of four characters`, () => {
    const { texts, reader } = read(args.match(/[^]{1,4}/g) ?? []);
    assert.equal(texts.join(""), streamed);
    const { text } = reader.end();
    assert.equal(text, what === "empty objects" ? undefined : streamed || LARGE);
  });
}

for (
  const [what, args] of Object.entries({
    "lists": `{"data": {"text/plain": ${"[".repeat(100_000)}5.0${"]".repeat(100_000)}}}`,
    "lists beside a number": `{"data": 5.0, "metadata": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    "lists in a string": JSON.stringify({ data: `{"text/plain": ${"[".repeat(100_000)}${"]".repeat(100_000)}}` }),
    "wrappers": `${'{"arguments": '.repeat(100_000)}{}${"}".repeat(100_000)}`,
    "lists with a syntax error": `{"data": ${"[".repeat(10_000)} a b`,
  })
) {
  Deno.test(`ToolCallReader does not crash on deeply nested ${what}`, () => {
    const reader = new ToolCallReader("display");
    reader.write(args);
    try {
      readBundle("display", reader.end());
    } catch (error) {
      assert.ok(error instanceof ModelError, String(error));
    }
  });
}
