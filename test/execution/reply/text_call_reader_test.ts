/**
 * Calls that a model writes as text are read in every syntax, wherever the reply is cut.
 *
 * @module
 */

import assert from "node:assert/strict";
import { syntaxes } from "../../support/text_call_syntaxes.ts";
import { cutAtEveryByte, cutEvery, parseCalls, type PlainCall, readPieces } from "../../support/text_calls.ts";
import { TextCallReader } from "../../../src/execution/reply/text_call_reader.ts";

const CALLS: PlainCall[] = [
  { name: "stdout", args: { text: 'é 😀 "a" it\'s \\n\t<b>\n\nlast\n' } },
  { name: "stderr", args: { text: "" } },
  {
    name: "execute_result",
    args: { data: { "text/plain": "[1, {'a': None}]", "text/html": "<b>&</b>" }, metadata: {} },
  },
  { name: "display", args: { data: { "application/json": { a: [1, -2.5e3, true, null] }, "text/plain": "x" } } },
  { name: "error", args: { ename: "KeyError", evalue: "'k'", traceback: ["----", "KeyError: 'k'"] } },
];

/** Asserts that a reply is read as these calls and this prose, wherever it is cut in two, and in small pieces. */
function assertRead(reply: string, calls: PlainCall[], text = "", code?: string): void {
  for (const pieces of [...cutAtEveryByte(reply), cutEvery(reply, 1), cutEvery(reply, 4)]) {
    const found = readPieces(pieces, { code });
    assert.deepEqual(
      { calls: parseCalls(found), text: found.text },
      { calls, text },
      JSON.stringify(pieces.slice(0, 2)),
    );
  }
}

const hi: PlainCall = { name: "stdout", args: { text: "hi\n" } };
const five: PlainCall = { name: "execute_result", args: { data: { "text/plain": "5" } } };
const HI = '<tool_call>{"name": "stdout", "arguments": {"text": "hi\\n"}}</tool_call>';
const BARE_HI = '{"name": "stdout", "arguments": {"text": "hi\\n"}}';

for (const { name, write } of syntaxes) {
  Deno.test(`calls written as ${name} are read wherever they are cut`, () => assertRead(write(CALLS), CALLS));
}

for (
  const [what, reply] of [
    ["thoughts before a tag", `<think>It prints hi.</think>\n${HI}`],
    ["thoughts without an opening tag", `It prints "hi"</think>\n\n${HI}`],
    ["thoughts before a JSON object", `<thinking>\nhi\n</thinking>\n\n${BARE_HI}`],
    ["thoughts without an opening tag before a JSON object", `First, {"a": 1}.\n</think>${BARE_HI}`],
    ["thoughts without an opening tag before a Python call", 'Hm.</think>stdout(text="hi\\n")'],
    ["Mistral's thoughts", `[THINK]Is it [a]?[/THINK]${HI}`],
    ["thoughts that contain the call", `<think>I write ${HI}</think>${HI}`],
    ["empty thoughts", `<think>\n\n</think>\n\n${HI}`],
    ["thoughts on both sides", `<think>a</think>${HI}<think>b</think>`],
  ]
) {
  Deno.test(`a call with ${what} is read, and the thoughts are dropped`, () => assertRead(reply, [hi]));
}

Deno.test("the thoughts of gpt-oss are dropped, and its final message is read as prose", () => {
  const analysis = "<|channel|>analysis<|message|>It prints <nothing>.<|end|><|start|>assistant";
  assertRead(`${analysis}<|channel|>final<|message|>(no output)`, [], "(no output)");
  assertRead("Hm. <|channel|>analysis<|message|>It prints hi.<|end|>hi", [], "Hm. hi");
  assertRead(`analysis<|message|>It prints hi.<|end|><|start|>assistant<|channel|>final<|message|>hi`, [], "hi");
  assertRead(
    `${analysis}<|channel|>commentary to=functions.stdout<|message|>{"text": "hi\\n"}<|call|>`,
    [hi],
  );
});

Deno.test("text before and after calls is read as prose", () => {
  assertRead(`I print it.\n${HI}\nDone!`, [hi], "I print it.\n\nDone!");
  assertRead(`${HI}${HI}\nThat was (all).`, [hi, hi], "\nThat was (all).");
  assertRead(`Here it is:\n\`\`\`xml\n${HI}\n\`\`\`\n`, [hi], "Here it is:\n```xml\n");
});

Deno.test("Functionary's messages to all are read as prose", () => {
  assertRead('>>>all\nI print it.>>>stdout\n{"text": "hi\\n"}', [hi], "I print it.");
  assertRead(">>>all\n(no output)", [], "(no output)");
});

Deno.test("a Python code block in thoughts ends at the end of the thoughts", () => {
  assertRead(`\`\`\`python\nprint("hi")</think>${HI}and ${HI}`, [hi, hi], "\nand ");
});

Deno.test("a JSON object after a call is read as prose if it is not a call", () => {
  assertRead(`[${BARE_HI}, {"name": "other", "arguments": {}}]`, [hi], '{"name": "other", "arguments": {}}]');
});

Deno.test("calls in several syntaxes are read from one reply", () => {
  assertRead(`${BARE_HI}\n${HI}\n${BARE_HI}\n</tool_call>`, [hi, hi, hi]);
  assertRead('stdout(text="hi\\n")\n<function=stdout>{"text": "hi\\n"}</function>', [hi, hi]);
});

for (
  const [reply, call] of [
    ['{"tool": "Stdout", "args": {"text": "hi\\n"}}', hi],
    ['{"type": "function", "function": {"name": "functions.stdout", "arguments": {"text": "hi\\n"}}}', hi],
    ['{"type": "function", "function": "stdout", "parameters": {"text": "hi\\n"}}', hi],
    ['{"id": 1, "name": "stdout", "arguments": {"text": "hi\\n"}, "type": "function"}', hi],
    ['{"name": "stdout", "arguments": {"text": "hi\\n"}', hi],
    ['{"name": "stdout", "arguments": {"text": "hi\\n"}}}', hi],
    ['{"name": "stdout", "arguments": {"text": "hi\n",},}', hi],
    ['{"name": "print", "arguments": {"text": "hi\\n"}}', hi],
    ["{'name': 'stdout', 'arguments': {'text': 'it\\'s \\033[1m\\x41\\u00e9\\d'}}", {
      name: "stdout",
      args: { text: "it's \x1b[1mA\u00e9\\d" },
    }],
    ['<tool_call>stdout(text="hi\\n")</tool_call>', hi],
    ['<tool_call>stdout\n{"text": "hi\\n"}\n</tool_call>', hi],
    ['<tool_call>\n```json\n{"name": "stdout", "arguments": {"text": "hi\\n"}}\n```\n</tool_call>', hi],
    ["<tool_call><function=stdout><parameter=text>hi\n</parameter></function></tool_call>", hi],
    ['<function name="stdout"><parameter name="text" string="true">hi\n</parameter></function>', hi],
    ["<function=print><parameter=text>hi\n</parameter></function>", hi],
    ["<function=execute_result><parameter=data>{'text/plain': '5'}</parameter></function>", five],
    ["<function=execute_result><parameter=data>5</parameter></function>", {
      name: "execute_result",
      args: { data: "5" },
    }],
    ["<function=stdout><parameter=text>\n\nhi\n\n</parameter></function>", {
      name: "stdout",
      args: { text: "\nhi\n" },
    }],
    ["<function=stdout><parameter=text>[1]</p>\n</parameter></function>", {
      name: "stdout",
      args: { text: "[1]</p>\n" },
    }],
    ["<|channel|>analysis to=functions.stdout code<|message|>{'text': 'hi\\n'}<|call|>", hi],
    ['functions.stdout(text="hi\\n")', hi],
    ['print(text="hi\\n")', hi],
    ['stdout(text="""hi\n""")', hi],
    ["stdout(\n    text='hi\\n',\n)", hi],
    ['stdout(text="hi\\n");', hi],
    ['```python\nstdout(text="hi\\n")\n```', hi],
    ["error(ename='E', evalue='', traceback=('a', 'b'))", {
      name: "error",
      args: { ename: "E", evalue: "", traceback: ["a", "b"] },
    }],
  ] as [string, PlainCall][]
) {
  Deno.test(`${JSON.stringify(reply)} is read as a call`, () => assertRead(reply, [call]));
}

for (
  const [reply, name, json] of [
    ['<tool_call>{"name": "stdout", "arguments": {"text": "a\\', "stdout", '{"text":"a'],
    ['<tool_call>{"name": "stdout", "arguments": {"text": "a\\u00', "stdout", '{"text":"a'],
    ['<tool_call>{"name": "stdout", "arguments": {"text": "a" </tool_call>', "stdout", '{"text":"a"'],
    ["<function=stdout><parameter=text>a\n", "stdout", '{"text":"a\\n'],
    ["<function=error><parameter=ename>E</parameter>", "error", '{"ename":"E"'],
    ['<|python_tag|>stdout(text="a" + b)', "stdout", '{"text":"a"'],
  ]
) {
  Deno.test(`the incomplete call in ${JSON.stringify(reply)} is not completed`, () => {
    for (const pieces of cutAtEveryByte(reply)) assert.deepEqual(readPieces(pieces).calls, [{ name, json }]);
  });
}

Deno.test("TextCallReader numbers calls from the first index and gives each an id of nine characters", () => {
  const reader = new TextCallReader({ firstIndex: 7 });
  const events = reader.write(HI + HI).filter(({ type }) => type === "tool_call");
  assert.deepEqual(events, [
    { type: "tool_call", index: 7, id: "text00007", name: "stdout" },
    { type: "tool_call", index: 8, id: "text00008", name: "stdout" },
  ]);
});

Deno.test("a call that the reply repeats from the cell's code is read as prose", () => {
  assertRead(BARE_HI, [], BARE_HI, `call = ${BARE_HI}`);
  assertRead('stdout(text="hi\\n")', [], 'stdout(text="hi\\n")', 'stdout(text="hi\\n")');
  assertRead(BARE_HI.replaceAll('"', "'"), [], BARE_HI.replaceAll('"', "'"), `call = ${BARE_HI}`);
  assertRead('stdout(text="hi")', [], 'stdout(text="hi")', "stdout( text = 'hi' )");
  assertRead('```\nstdout(text="hi")\n```', [], '```\nstdout(text="hi")\n```', "stdout(text='hi')");
  assertRead(`a = 1\n${HI}`, [], `a = 1\n${HI}`, `a=1\n${HI.replaceAll(" ", "")}`);
  assertRead('stdout{"text": "hi\\n"}', [hi], "", "import sys\nsys.stdout.flush()");
  assertRead(`a = 1\n${HI}`, [], `a = 1\n${HI}`, `a = 1\n${HI}`);
});

Deno.test("a call in a tag at the beginning is read even if the cell's code contains it", () => {
  assertRead(HI, [hi], "", `print(${JSON.stringify(HI)})\n${HI}`);
});
