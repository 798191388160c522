/**
 * The parts of a long past that are sent to a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import type { Message } from "../../../src/execution/model.ts";
import { conversationTokens } from "../../../src/execution/prompt/conversation_tokens.ts";
import { buildPast, type PastOptions } from "../../../src/execution/prompt/past.ts";
import { parsePastSummary } from "../../../src/execution/prompt/past_summary.ts";

const entry = (executionCount: number, code: string, ...outputs: CellOutput[]): HistoryEntry => {
  return { executionCount, code, outputs };
};
const printed = (text: string): CellOutput => ({ type: "stream", name: "stdout", text });

/** Builds a first cell and `count` cells of `characters` characters. */
function session(first: string, count: number, characters: number): HistoryEntry[] {
  const filler = (n: number) => `value_${n} = "${"lorem ipsum dolor ".repeat(characters / 18)}"[:${n}]`;
  return [entry(1, first), ...Array.from({ length: count }, (_, index) => entry(index + 2, filler(index + 2)))];
}

function turnsOf(history: HistoryEntry[], options: Partial<PastOptions> = {}): Message[] {
  return buildPast({ history, code: "pass", historyTokens: 24_000, maxHistoryLength: 20, hintOf: () => "", ...options })
    .turns;
}

const textOf = (messages: Message[]) => messages.map(({ content }) => content ?? "").join("\n");

for (const characters of [300, 1_200, 5_000]) {
  Deno.test(`buildPast() keeps a definition of the first cell while cells of ${characters} characters are added`, () => {
    const definition = 'def area(width, height=2):\n    """The area."""\n    return width * height';
    const history = session(definition, 400, characters);
    for (let count = 1; count < history.length; count += 13) {
      const messages = turnsOf(history.slice(0, count));
      assert.ok(textOf(messages).includes("def area(width, height=2)"), `after ${count} cells`);
      assert.ok(conversationTokens(messages) <= 24_000, `${conversationTokens(messages)} tokens`);
    }
  });
}

Deno.test("buildPast() keeps a definition while data is pasted", () => {
  const data = Array.from({ length: 4_000 }, (_, index) => index * 37);
  const pasted = Array.from({ length: 9 }, (_, index) => entry(index + 2, `data_${index} = [${data.join(", ")}]`));
  const messages = turnsOf([entry(1, "def f(x):\n    return x + 1"), ...pasted]);
  assert.ok(textOf(messages).includes("return x + 1"));
  assert.ok(textOf(messages).includes("data_0 = [0, "));
  assert.ok(conversationTokens(messages) <= 24_000);
});

Deno.test("buildPast() starts with one summary of the omitted cells and continues with the next cell", () => {
  const messages = turnsOf(session("import numpy as np", 300, 600));
  const summary = parsePastSummary(messages[0].content!);
  assert.ok(summary !== undefined && summary.from === 1 && summary.to > 50);
  assert.match(summary.code, /^import numpy as np$/m);
  assert.deepEqual(messages[1], { role: "assistant", content: "(output omitted)" });
  assert.ok(messages[2].content!.startsWith(`In [${summary.to + 1}]:`));
  assert.equal(messages.filter(({ content }) => parsePastSummary(content ?? "") !== undefined).length, 1);
});

Deno.test("buildPast() recalls in full the definitions that the current cell uses and the summary shortens", () => {
  const long = (name: string, uses: string) =>
    `def ${name}(x):\n    """Works it out."""\n${"    x = x * 2 + 1\n".repeat(40)}    return ${uses}\n`;
  const history = [
    entry(1, long("helper_function", "x")),
    entry(2, long("convert_number", "helper_function(x)")),
    ...Array.from({ length: 60 }, (_, index) => entry(index + 3, long(`other_${index}`, "x"))),
  ];
  const usual = turnsOf(history, { historyTokens: 16_000 });
  assert.ok(!textOf(usual).includes("return helper_function(x)") && textOf(usual).includes("convert_number"));
  const messages = turnsOf(history, { historyTokens: 16_000, code: "y = convert_number(3)\ny" });
  assert.deepEqual(messages.slice(0, usual.length), usual);
  const [turn, reply, ...none] = messages.slice(usual.length);
  assert.deepEqual([reply, none], [{ role: "assistant", content: "(output omitted)" }, []]);
  const { code } = parsePastSummary(turn.content!)!;
  assert.equal(code, `${history[0].code.trimEnd()}\n${history[1].code.trimEnd()}`);
  assert.ok(conversationTokens(messages) <= 16_000);
  assert.deepEqual(
    turnsOf(history, { historyTokens: 16_000, code: "def convert_number(x): pass\nother_59(1)" }),
    usual,
  );
});

/** Builds cells with so much pasted data that literals are shortened, but no cell is left out. */
function pastedSession(...codes: string[]): HistoryEntry[] {
  const data = Array.from({ length: 4_000 }, (_, index) => index * 37);
  const pasted = Array.from({ length: 6 }, (_, index) => `data_${index} = [${data.join(", ")}]`);
  return [...codes, ...pasted].map((code, index) => entry(index + 1, code));
}

const ROWS = `rows = [${Array.from({ length: 120 }, (_, index) => `(${index}, 'row')`).join(", ")}]`;

Deno.test("buildPast() recalls a shortened literal and the values that were computed from it", () => {
  const history = pastedSession(
    "n = 1",
    `import re\n${ROWS}`,
    "n += len(rows)\nprint(n)",
    "rows.append(9)",
    "other = 3",
  );
  const usual = turnsOf(history);
  assert.ok(usual[0].content!.startsWith("In [1]:") && !textOf(usual).includes("(60, 'row')"));
  assert.deepEqual(turnsOf(history, { code: "other" }), usual);
  const messages = turnsOf(history, { code: "n" });
  assert.deepEqual(messages.slice(0, usual.length), usual);
  const [turn, reply, ...none] = messages.slice(usual.length);
  assert.deepEqual([reply, none], [{ role: "assistant", content: "(output omitted)" }, []]);
  const code = `n = 1\n${ROWS}\nn += len(rows)`;
  assert.deepEqual(parsePastSummary(turn.content!), { from: 1, to: 3, code, isRecall: true });
  assert.ok(conversationTokens(messages) <= 24_000);
  const changed = parsePastSummary(turnsOf(history, { code: "rows" }).at(-2)!.content!);
  assert.equal(changed?.code, `${ROWS}\nrows.append(9)`);
});

Deno.test("buildPast() recalls shortened literals only if they fit into the token budget", () => {
  for (let count = 1; count < 40; count++) {
    const history = [
      ...pastedSession(ROWS, `big = [${"1234, ".repeat(2_000)}]`),
      ...Array.from(
        { length: count },
        (_, index) => entry(index + 9, `v_${index} = "${"lorem ipsum ".repeat(130)}"[:9]`),
      ),
    ];
    const messages = turnsOf(history, { code: "rows, big" });
    assert.ok(conversationTokens(messages) <= 24_000, `${conversationTokens(messages)} tokens`);
    const recall = parsePastSummary(messages.at(-2)!.content!);
    assert.equal(recall?.code, ROWS, `after ${count} cells`);
  }
});

Deno.test("buildPast() recalls nothing when the code that a cell needs is sent unchanged", () => {
  const sent = [entry(200, "k = 4"), entry(201, "k += 1"), entry(202, "def f():\n    return k")];
  const history = [...session("first = 1", 198, 1_200), ...sent];
  const usual = turnsOf(history);
  assert.ok(parsePastSummary(usual[0].content!) !== undefined);
  assert.deepEqual(turnsOf(history, { code: "f(), first" }), usual);
});

Deno.test("buildPast() recalls all changes of a value in order, or none if they do not all fit", () => {
  const changes = (count: number) => Array.from({ length: count }, (_, index) => `log.append(${index})`);
  const sent = (count: number) => {
    const codes = ["log = []", ...changes(count)].map((code, index) => entry(index + 1, code));
    const history = [...codes, ...session("pass", 200, 1_800).map(({ code }, index) => entry(count + 2 + index, code))];
    const messages = turnsOf(history, { code: "log" });
    assert.ok(conversationTokens(messages) <= 24_000);
    return parsePastSummary(messages.at(-2)!.content!)?.code;
  };
  assert.equal(sent(30), ["log = []", ...changes(30)].join("\n"));
  assert.equal(sent(2_000), undefined);
});

Deno.test("buildPast() sends no more cells than the square of maxHistoryLength", () => {
  for (const [maxHistoryLength, most] of [[1, 1], [2, 4], [5, 25]]) {
    const messages = turnsOf(session("x = 1", 100, 18), { maxHistoryLength });
    const cells = messages.filter(({ content }) => content?.startsWith("In ["));
    assert.ok(cells.length <= most && cells.length > most / 3, `${cells.length} cells for ${maxHistoryLength}`);
    assert.ok(textOf(messages).includes("x = 1"));
  }
});

Deno.test("buildPast() keeps all names with any maxHistoryLength", () => {
  const history = Array.from(
    { length: 60 },
    (_, index) => entry(index + 1, `name_${index} = 1`, printed("x ".repeat(3_000))),
  );
  const counts = [1, 5, 20, 100].map((maxHistoryLength) => {
    return history.filter((_, index) => textOf(turnsOf(history, { maxHistoryLength })).includes(`name_${index} = 1`))
      .length;
  });
  assert.deepEqual(counts, [60, 60, 60, 60]);
});

Deno.test("buildPast() shortens each cell when the token budget is small", () => {
  const long = entry(1, `x = 1\n${"y = x + 1\n".repeat(2_000)}`, printed("line\n".repeat(5_000)));
  const messages = turnsOf([long], { historyTokens: 800 });
  assert.ok(conversationTokens(messages) < 900, `${conversationTokens(messages)} tokens`);
  assert.deepEqual(turnsOf([long], { historyTokens: 0 }), []);
  assert.deepEqual(turnsOf([long], { maxHistoryLength: 0 }), []);
});

Deno.test("buildPast() leaves out the agent's own notes", () => {
  const note: CellOutput = {
    type: "stream",
    name: "stderr",
    text: "a warning\n[AIPython] The output was cut.\nanother\n",
  };
  const [, turn] = turnsOf([entry(1, "x", note)]);
  assert.ok(turn.role === "assistant");
  assert.deepEqual(turn.toolCalls?.map((call) => JSON.parse(call.arguments)), [{ text: "a warning\nanother\n" }]);
  const [, silent] = turnsOf([entry(1, "x", { ...note, text: "[AIPython] The output was cut.\n" })]);
  assert.deepEqual(silent, { role: "assistant", content: "(no output)" });
});
