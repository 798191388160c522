import assert from "node:assert/strict";
import { buildQuestion } from "../../src/assistant/question_conversation.ts";
import type { NotebookCell } from "../../src/assistant/notebook_cell.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { failureOutput } from "../../src/execution/model_failure.ts";
import { conversationTokens } from "../../src/execution/prompt/conversation_tokens.ts";
import { refusedByLimit } from "../../src/execution/refused_request.ts";
import { ModelError } from "../../src/errors.ts";

const HISTORY_TOKENS = 24_000;

const cell = (cellType: string, source: string, outputs: CellOutput[] = []): NotebookCell => ({
  cellType,
  source,
  outputs,
});
const stdout = (text: string): CellOutput => ({ type: "stream", name: "stdout", text });
const stderr = (text: string): CellOutput => ({ type: "stream", name: "stderr", text });
const markdown = (text: string): CellOutput => ({ type: "display_data", data: { "text/markdown": text } });
const asked = (question: string, answer: string) => cell("ai", question, [markdown(answer)]);

/** Returns the role and the text of each turn after the system prompt. */
function turns(above: NotebookCell[], more: Partial<Parameters<typeof buildQuestion>[0]> = {}): string[][] {
  const messages = buildQuestion({ question: "Why?", above, historyTokens: HISTORY_TOKENS, ...more });
  assert.equal(messages[0].role, "system");
  return messages.slice(1).map(({ role, content }) => [role, content!]);
}

/** Returns the text of all turns after the system prompt. */
const textOf = (...given: Parameters<typeof turns>) => turns(...given).map(([, text]) => text).join("\n---\n");

Deno.test("buildQuestion() builds the conversation of a question", async (t) => {
  await t.step("contains only the question if there are no cells above", () => {
    assert.deepEqual(turns([]), [["user", "Question:\nWhy?"]]);
  });

  await t.step("shows the cells above with their types and outputs", () => {
    const above = [
      cell("markdown", "# Eggs"),
      {
        ...cell("code", "print('a')\nx", [stdout("a\n"), { type: "execute_result", data: { "text/plain": "5" } }]),
        executionCount: 3,
      },
      cell("code", "later()"),
      cell("sql", "select 1"),
      cell("raw", "raw"),
    ];
    assert.deepEqual(turns(above), [[
      "user",
      [
        "Markdown cell:\n```markdown\n# Eggs\n```",
        "Code cell In [3]:\n```python\nprint('a')\nx\n```",
        "Output:\n```\na\n5\n```",
        "Code cell, not run:\n```python\nlater()\n```",
        "SQL cell:\n```sql\nselect 1\n```",
        "Raw cell:\n```\nraw\n```",
        "Question:\nWhy?",
      ].join("\n\n"),
    ]]);
  });

  await t.step("shows earlier answers as assistant turns and leaves out unanswered questions", () => {
    const above = [cell("code", "a"), asked("One?", "It is one.\n"), cell("ai", "Unanswered?"), cell("code", "b")];
    assert.deepEqual(turns(above), [
      ["user", "Code cell, not run:\n```python\na\n```\n\nQuestion:\nOne?"],
      ["assistant", "It is one."],
      ["user", "Code cell, not run:\n```python\nb\n```\n\nQuestion:\nWhy?"],
    ]);
  });

  await t.step("leaves out hidden cells, empty cells and the agent's own messages", () => {
    const failed = new ModelError("stalled", "too slow");
    const above = [
      { ...cell("code", "secret", [stdout("secret\n")]), isHidden: true },
      { ...asked("secret?", "secret!"), isHidden: true },
      cell("code", "  \n"),
      cell("code", "f()", [
        stderr("[AIPython] The output was cut.\n"),
        failureOutput(failed),
        refusedByLimit("too many"),
      ]),
    ];
    assert.deepEqual(turns(above), [["user", "Code cell, not run:\n```python\nf()\n```\n\nQuestion:\nWhy?"]]);
  });

  await t.step("puts longer fences around text that contains fences", () => {
    assert.match(textOf([cell("markdown", "```\nx\n```")]), /^Markdown cell:\n````markdown\n```\nx\n```\n````\n/);
  });

  await t.step("shows tracebacks without colours, pictures by their type and only the beginning of figures", () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg">${"<path/>".repeat(500)}</svg>`;
    const above = [cell("code", "f()", [
      { type: "error", ename: "E", evalue: "no", traceback: ["\u001b[31mE\u001b[39m: no"] },
      { type: "display_data", data: { "image/png": "AAAA" } },
      { type: "display_data", data: { "text/plain": "<Figure>", "image/svg+xml": svg } },
    ])];
    assert.match(textOf(above), /Output:\n```\nE: no\n<image\/png>\n<Figure>\n<svg [^]*left out/);
    assert.ok(textOf(above).length < 1_000);
  });

  await t.step("adds the names of the notebook's files and the system prompt of the cell", () => {
    const [system, turn] = buildQuestion({
      question: "Why?",
      above: [],
      historyTokens: HISTORY_TOKENS,
      fileNames: ["a.csv", 'b".csv'],
      systemPrompt: " Answer in Latin. ",
    });
    assert.match(system.content!, /\n\nFor this question:\nAnswer in Latin\.$/);
    assert.equal(turn.content, 'Question:\nWhy?\n\nFiles of the notebook: "a.csv", "b\\".csv"');
  });

  await t.step("describes a file at the first cell or question that names it, and again after a change", () => {
    const file = (version: string) => ({ name: "t.csv", version, description: `2 bytes\n| ${version}` });
    const block = (version: string) => `File "t.csv": 2 bytes\n| ${version}`;
    const above = [
      { ...cell("code", "a"), files: [file("1")] },
      { ...asked("One?", "It is one."), files: [file("1")] },
      { ...cell("code", "b"), files: [file("2")] },
    ];
    assert.deepEqual(turns(above, { files: [file("3")] }), [
      ["user", `${block("1")}\n\nCode cell, not run:\n\`\`\`python\na\n\`\`\`\n\nQuestion:\nOne?`],
      ["assistant", "It is one."],
      [
        "user",
        `${block("2")}\n\nCode cell, not run:\n\`\`\`python\nb\n\`\`\`\n\n${block("3")}\n\nQuestion:\nWhy?`,
      ],
    ]);
    const last = textOf(above, { files: [file("2")], maxHistoryLength: 1 });
    assert.equal(last.split(block("2")).length, 2);
  });

  await t.step("asks to fix the failing cell if the question is its error", () => {
    const error = { ename: "NameError", evalue: "no x", traceback: ["NameError: no x"] };
    const question = `Fix the error:\n \`\`\`json\n${JSON.stringify(error, null, 2)}\n\`\`\`\n`;
    const above = [{ ...cell("code", "x", [{ type: "error", ...error }]), executionCount: 4 }, cell("code", "y")];
    const [[, text]] = turns(above, { question });
    assert.match(text, /Question:\nFix the error:[^]*raised by this cell, In \[4\]:\n```python\nx\n```/);
    const asCellAbove = textOf([...above, asked(question, "Bind x.")]);
    assert.doesNotMatch(asCellAbove, /raised by this cell/);
  });

  await t.step("respects the settings about the history", () => {
    const above = [1, 2, 3, 4, 5].map((n) => cell("code", `f(${n})`, [stdout(`value ${n}\n`)]));
    assert.doesNotMatch(textOf(above, { maxHistoryLength: 0 }), /f\(|value/);
    assert.doesNotMatch(textOf(above, { includeOutputs: false }), /value/);
    // At most 2 × 2 cells are sent. The fifth is too many, so the older half is left out.
    assert.match(textOf(above.slice(0, 4), { maxHistoryLength: 2 }), /^Code cell[^]*value 1\n[^]*value 4\n/);
    const few = textOf(above, { maxHistoryLength: 2 });
    assert.match(few, /^\[\.\.\. 3 cells left out \.\.\.\][^]*value 4\n[^]*value 5\n/);
    assert.doesNotMatch(few, /value 3/);
  });

  await t.step("keeps outputs as long as they fit into the token budget", () => {
    const above = Array.from({ length: 50 }, (_, n) => cell("code", `f(${n})`, [stdout(`value ${n}\n`)]));
    // The maximum limits only the number of cells, to its square: outputs are not left out after a number of cells.
    assert.match(textOf(above, { maxHistoryLength: 20 }), /value 0\n/);
    const long = above.map((cell) => ({ ...cell, outputs: [stdout("value\n".repeat(200))] }));
    assert.match(textOf(long, { historyTokens: 8_000 }), /output left out[^]*value\n/);
  });

  await t.step("stays within the token budget, however long the notebook and its cells are", () => {
    const long = "x = 1\n".repeat(5_000);
    const above = Array.from(
      { length: 60 },
      (_, n) => n % 7 === 3 ? asked(`${n}? ${long}`, long) : cell("code", `# ${n}\n${long}`, [stdout(long)]),
    );
    for (const historyTokens of [0, 500, 2_000, 24_000]) {
      const messages = buildQuestion({ question: "Why?", above, historyTokens });
      assert.ok(conversationTokens(messages.slice(1)) <= historyTokens + 200, `${historyTokens}`);
      assert.match(messages.at(-1)!.content!, /Question:\nWhy\?$/);
    }
  });

  await t.step("shares most of its text with the previous conversation while cells are added", () => {
    const above: NotebookCell[] = [];
    let shared = 0;
    let all = 0;
    let last = "";
    for (let n = 0; n < 120; n++) {
      above.push(cell("code", `value_${n} = compute(${n})\nprint(value_${n})`, [stdout(`${n ** 3}\n`.repeat(20))]));
      const messages = buildQuestion({ question: `What of ${n}?`, above, historyTokens: 4_000 });
      const text = messages.map(({ role, content }) => `${role}: ${content}`).join("\n");
      let same = 0;
      while (same < last.length && last[same] === text[same]) same++;
      shared += same;
      all += last.length;
      above.push(asked(`What of ${n}?`, `It is ${n} cubed.`));
      last = text;
    }
    assert.ok(shared / all > 0.85, `${shared / all}`);
  });
});
