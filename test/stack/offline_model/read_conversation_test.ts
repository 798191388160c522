/**
 * Conversations in every shape that clients send, as the offline model reads them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatFiles } from "../../../src/execution/prompt/file_block.ts";
import { formatPastSummary } from "../../../src/execution/prompt/past_summary.ts";
import { describeFile } from "../../../src/files/describe_file.ts";
import { describeGoneFile } from "../../../src/files/hidden_content.ts";
import { readConversation, readSummaries, type Turn } from "../../../stack/offline_model/read_conversation.ts";

const system = (text: string): Turn => ({ role: "system", text, calls: [] });
const user = (text: string): Turn => ({ role: "user", text, calls: [] });
const assistant = (text: string, ...calls: string[]): Turn => ({ role: "assistant", text, calls });
const tool = (): Turn => ({ role: "tool", text: "ok", calls: [] });

const first = { executionCount: 1, code: "print(1)\n2" };
const second = { executionCount: 2, code: "3" };
const calls = ["stdout", "execute_result"];

const FILES = formatFiles([
  { name: 'a "b".csv', version: "1", description: describe("a.csv", "a\r\n\x0bIn [7]:\r\n") },
  { name: "cut.txt", version: "1", description: describe("cut.txt", "line\n".repeat(50), 130) },
  { name: "open.txt", version: "1", description: describe("open.txt", "no end") },
  { name: "empty.txt", version: "1", description: describe("empty.txt", "") },
  { name: "gone.txt", version: "1", description: describeGoneFile() },
  { name: "a.pdf", version: "1", description: describe("a.pdf", "%PDF-1") },
]);

const READ_FILES = [
  { name: 'a "b".csv', text: "a\r\n\x0bIn [7]:\r\n", isCut: false },
  { name: "cut.txt", text: "line\n".repeat(4), isCut: true },
  { name: "open.txt", text: "no end", isCut: false },
  { name: "empty.txt", text: "", isCut: false },
  { name: "gone.txt", text: null, isCut: false },
];

function describe(name: string, text: string, maxCharacters = 8_000): string {
  return describeFile({ name, bytes: new TextEncoder().encode(text) }, maxCharacters);
}

const SHAPES: [string, Turn[], unknown[]][] = [
  [
    "all calls of a cell in one turn",
    [system("s"), user("In [1]:\nprint(1)\n2"), assistant("", ...calls), tool(), tool(), user("In [2]:\n3")],
    [{ ...first, answer: { calls, unanswered: 0, text: "", inputs: [], goesOn: false } }, second],
  ],
  [
    "a final turn after the calls of a cell",
    [user("In [1]:\nprint(1)\n2"), assistant("", ...calls), tool(), tool(), assistant("(done)"), user("In [2]:\n3")],
    [{ ...first, answer: { calls, unanswered: 0, text: "(done)", inputs: [], goesOn: false } }, second],
  ],
  [
    "one call in each turn",
    [
      user("In [1]:\nprint(1)\n2"),
      ...[assistant("", "stdout"), tool(), assistant("", "execute_result"), tool(), assistant("(done)")],
      user("In [2]:\n3"),
    ],
    [{ ...first, answer: { calls, unanswered: 0, text: "(done)", inputs: [], goesOn: false } }, second],
  ],
  [
    "a call without an answer",
    [user("In [1]:\nprint(1)\n2"), assistant("", ...calls), tool(), user("In [2]:\n3")],
    [{ ...first, answer: { calls, unanswered: 1, text: "", inputs: [], goesOn: false } }, second],
  ],
  [
    "the system prompt in the first turn",
    [user("Play.\nIn [n]: is the prompt.\n\nIn [1]: Out[1] unless None\nprint(1)\n2"), assistant("(no output)")],
    [{ ...first, answer: { calls: [], unanswered: 0, text: "(no output)", inputs: [], goesOn: false } }],
  ],
  [
    "joined user turns with files",
    [user(`Play.\n\n${FILES}In [1]: no Out[1]\nprint(1)\n2\n\n${FILES}In [2]:\n3`)],
    [{ ...first, files: READ_FILES }, { ...second, files: READ_FILES }],
  ],
  [
    "joined user turns",
    [user("In [1]: no Out[1]\nprint(1)\n2\n\nIn [2]:\n3")],
    [first, second],
  ],
  [
    "calls that are written as text",
    [
      user("In [1]:\nprint(1)\n2"),
      assistant(
        '<tool_call>{"name": "stdout", "arguments": {"text": "1\\n"}}</tool_call>\n' +
          '<tool_call>{"name":"execute_result","arguments":{"data":{"text/plain":"2"}}}</tool_call>',
      ),
      user("In [2]:\n3"),
    ],
    [
      {
        ...first,
        answer: {
          calls,
          unanswered: 0,
          inputs: [],
          goesOn: false,
          text: '<tool_call>{"name": "stdout", "arguments": {"text": "1\\n"}}</tool_call>\n' +
            '<tool_call>{"name":"execute_result","arguments":{"data":{"text/plain":"2"}}}</tool_call>',
        },
      },
      second,
    ],
  ],
  [
    "a user turn that is not a cell",
    [user("In [2]:\n3"), assistant("Three."), user("That was prose. Answer with tool calls only.")],
    [{ ...second, answer: { calls: [], unanswered: 0, text: "Three.", inputs: [], goesOn: false } }],
  ],
  [
    "prompts inside the code of a cell",
    [user("In [7]:\nIn [1]: x = 5\nIn [2]: x\n\nIn [3]: y\nz")],
    [{ executionCount: 7, code: "In [1]: x = 5\nIn [2]: x\n\nIn [3]: y\nz" }],
  ],
];

for (const [what, turns, cells] of SHAPES) {
  Deno.test(`readConversation() reads ${what}`, () => assert.deepEqual(readConversation(turns), cells));
}

const summary = { from: 1, to: 9, code: "import os\n\ndef f(a): ..." };
const formatted = formatPastSummary(summary);

const SUMMARIES: [string, Turn[], number][] = [
  ["in the first turn", [system("s"), user(formatted), assistant("(done)"), user("In [10]:\n3")], 1],
  ["after the system prompt", [user(`Play.\n\n${formatted}`), assistant("(done)"), user("In [10]:\n3")], 1],
  ["in one turn with the first cell", [user(`Play.\n\n${formatted}\n\nIn [10]:\n3`)], 1],
  ["in the first turn and before the last cell", [
    user(formatted),
    user("In [10]:\n3"),
    user(formatted),
    user("In [11]:\n4"),
  ], 2],
  ["in a cell's code", [user(`In [1]:\n"""\n\n${formatted}"""`)], 0],
  ["in a system turn", [system(formatted), user("In [10]:\n3")], 0],
];

for (const [where, turns, count] of SUMMARIES) {
  Deno.test(`readSummaries() ${["ignores a summary", "finds a summary", "finds two summaries"][count]} ${where}`, () => {
    assert.deepEqual(readSummaries(turns), Array(count).fill(summary));
  });
}

const CODE = "In [1]:\na";
const inputs = [{ typed: "Ada" }, { raises: "EOFError" }];
const answers = inputs.map((answer) => JSON.stringify(answer));
const called = (name: string) => `<tool_call>{"name": "${name}", "arguments": {}}</tool_call>`;
const answered = (index: number): Turn => ({ ...tool(), text: answers[index] });

const ASKED: [string, Turn[]][] = [
  ["in tool turns", [
    ...[assistant("", "stdout", "input"), tool(), answered(0)],
    ...[assistant("", "input"), answered(1)],
  ]],
  ["in user turns", [
    ...[assistant(called("stdout") + called("input")), user(answers[0])],
    ...[assistant(called("input")), user(answers[1])],
  ]],
];

for (const [where, turns] of ASKED) {
  Deno.test(`readConversation() reads typed text ${where} and reports that the cell continues`, () => {
    const [{ answer }] = readConversation([user(CODE), ...turns]);
    assert.deepEqual(answer?.calls, ["stdout", "input", "input"]);
    assert.deepEqual([answer?.inputs, answer?.goesOn, answer?.unanswered], [inputs, true, 0]);
  });

  Deno.test(`readConversation() reads typed text ${where} of a finished cell`, () => {
    const cells = readConversation([user(CODE), ...turns, assistant("(done)"), user("In [2]:\nb")]);
    assert.deepEqual(cells.map(({ answer }) => answer?.inputs), [inputs, undefined]);
    assert.equal(cells[0].answer?.goesOn, false);
  });
}

Deno.test("readConversation() reads typed text that is joined with the next cell", () => {
  const cells = readConversation([user(CODE), assistant(called("input")), user(`${answers[0]}\n\nIn [2]:\nb`)]);
  assert.deepEqual(cells.map(({ executionCount, answer }) => [executionCount, answer?.inputs]), [
    [1, [inputs[0]]],
    [2, undefined],
  ]);
});

Deno.test("readSummaries() reads the files that a summary describes", () => {
  const summary = { from: 1, to: 3, code: "x = 1" };
  const files = [{ name: "t.csv", version: "1", description: describe("t.csv", "a\n") }];
  assert.deepEqual(readSummaries([user(formatPastSummary(summary, files))]), [
    { ...summary, files: [{ name: "t.csv", text: "a\n", isCut: false }] },
  ]);
});
