/**
 * Files in a conversation that is too long.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ContextBudget } from "../../../src/execution/context_budget.ts";
import type { Message } from "../../../src/execution/model.ts";
import { parseCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import { conversationTokens } from "../../../src/execution/prompt/conversation_tokens.ts";
import { parsePastSummary } from "../../../src/execution/prompt/past_summary.ts";
import { lostFiles } from "../../../src/execution/prompt/described_files.ts";
import { cell, conversationOf, file, mentionsIn, SALES, turnsOf } from "./conversation_files.ts";

const LONG = { description: SALES.description.replace("| 1,2", `| 1,2\n${"| 3,4\n".repeat(1_300)}| 5,6`) };

Deno.test("a file is described in the first sent cell that names it when older cells are left out", () => {
  const cells = Array.from({ length: 60 }, (_, index) => {
    return cell(index + 1, `x_${index} = f('sales.csv')`, index % 5 === 0 ? [SALES] : undefined, "y z ".repeat(600));
  });
  let [trimmed, told] = [0, 0];
  for (let count = 2; count <= cells.length; count++) {
    const messages = conversationOf(cells.slice(0, count), { historyTokens: 3_000 });
    const turns = turnsOf(messages);
    const first = turns.findIndex((turn) => /^(?:File|\| |\[|In \[)/.test(turn) && parseCellTurn(turn) !== undefined);
    const named = turns.slice(first).findIndex((turn) => (parseCellTurn(turn)!.executionCount - 1) % 5 === 0);
    if (first > 0) trimmed++;
    if (named === -1) continue;
    told++;
    assert.equal(mentionsIn(messages).reduce((sum, each) => sum + each), 1, `after ${count} cells`);
    const isInSummary = first > 0 && mentionsIn(messages)[0] === 1;
    if (!isInSummary) assert.equal(mentionsIn(messages)[first + named], 1);
  }
  assert.ok(trimmed > 10 && told > 40, `${trimmed} ${told}`);
});

Deno.test("a file that only omitted cells name is described in the summary", () => {
  const cells = [cell(1, "df = f('sales.csv')", [SALES]), cell(2, "df = f('gone.csv')", [file("gone.csv", "v1")])];
  for (let count = 3; count < 200; count++) cells.push(cell(count, `x_${count} = df.sum() + ${"1 + ".repeat(50)}1`));
  let last: string | undefined;
  let [summaries, changes] = [0, 0];
  for (let count = 20; count <= cells.length; count += 1) {
    const messages = conversationOf(cells.slice(0, count), { historyTokens: 3_000 });
    assert.equal(mentionsIn(messages).reduce((sum, each) => sum + each), 1, `after ${count} cells`);
    const [first] = turnsOf(messages);
    if (parsePastSummary(first) === undefined) continue;
    assert.match(
      first,
      /^File "sales.csv": .*\n\| a,b\n\| 1,2\nFile "gone.csv": .*\n\| a,b\n\| 1,2\nEarlier: In \[1\]/,
    );
    summaries++;
    if (first !== last) changes++;
    last = first;
  }
  assert.ok(summaries > 50 && changes < summaries / 4, `${summaries} ${changes}`);
});

Deno.test("lostFiles() lists the files that only omitted cells name, in the order of their last mention", () => {
  const [a, b, newer] = [file("a.csv", "v1"), file("b.csv", "v1"), file("a.csv", "v2")];
  const cells = [{ files: [a] }, { files: [b] }, { files: [newer] }, {}, { files: [SALES] }, { files: [b] }];
  assert.deepEqual(lostFiles(cells, 0, 0), []);
  assert.deepEqual(lostFiles(cells, 2, 2), [a, b]);
  assert.deepEqual(lostFiles(cells, 2, 4), [b]);
  assert.deepEqual(lostFiles(cells, 3, 5), [b, newer]);
  assert.deepEqual(lostFiles(cells, 3, 6), [newer]);
  assert.deepEqual(lostFiles(cells, 5, 6), [newer, SALES]);
});

Deno.test("a file that is shortened in the summary is described in full in the next cell that names it", () => {
  const long = { ...SALES, ...LONG };
  const cells = [cell(1, "df = f('sales.csv')", [long])];
  for (let count = 2; count < 120; count++) cells.push(cell(count, `x_${count} = df.sum() + ${"1 + ".repeat(50)}1`));
  const messages = conversationOf([...cells, cell(120, "f('sales.csv')", [long])], { historyTokens: 6_000 });
  const turns = turnsOf(messages);
  assert.ok(parsePastSummary(turns[0]) !== undefined);
  assert.match(
    turns[0],
    /^File "sales.csv": .*\n\| a,b\n[^]*\[\.\.\. more lines left out \.\.\.\][^]*\| 5,6\nEarlier: /,
  );
  assert.ok(turns.at(-1)!.startsWith(`File "sales.csv": ${long.description}\nIn [120]`));
});

Deno.test("a past with files stays within its token budget and is seldom trimmed", () => {
  const rows = "north,Alice Miller,garden chair,12\n".repeat(225);
  const cells = Array.from({ length: 120 }, (_, index) => {
    const files = index % 4 === 0
      ? [file(`t${index % 8}.csv`, `v${Math.floor(index / 40)}`, `d,a,b,c\n${rows}`)]
      : undefined;
    return cell(index + 1, `x_${index} = f('t.csv')`, files, "y ".repeat(400));
  });
  let [previous, breaks]: [Message[], number] = [[], 0];
  for (let count = 1; count <= cells.length; count++) {
    const messages = conversationOf(cells.slice(0, count), { historyTokens: 24_000, fileCharacters: 12_000 });
    const past = conversationTokens(messages.slice(1, -1));
    assert.ok(past <= 24_000, `${past} tokens after ${count} cells`);
    const same = previous.slice(0, -1).every((each, index) => JSON.stringify(each) === JSON.stringify(messages[index]));
    if (!same) breaks++;
    previous = messages;
  }
  assert.ok(breaks <= 12, `${breaks} breaks`);
});

Deno.test("files that are too long together are shortened equally in the cell's own request and in later ones", () => {
  const files = ["a.csv", "b.csv", "c.csv"].map((name) => ({ ...file(name, "v1"), ...LONG }));
  const cells = [cell(1, "f()", files), cell(2, "g()")];
  const [own, later] = [cells.slice(0, 1), cells].map((each) =>
    turnsOf(conversationOf(each, { fileCharacters: 5_000 }))[0]
  );
  assert.equal(own, later);
  assert.ok(own.length < 5_200 && own.length > 4_500, `${own.length}`);
  assert.equal(own.match(/^\[\.\.\. more lines left out \.\.\.\]$/gm)?.length, 3);
  assert.equal(parseCellTurn(own)?.code, "f()");
});

Deno.test("only the last files are described when there is no room for all", () => {
  const files = Array.from({ length: 10 }, (_, index) => ({ ...file(`${index}.csv`, "v1"), ...LONG }));
  const [turn] = turnsOf(conversationOf([cell(1, "f()", files)], { fileCharacters: 500 }));
  assert.deepEqual(turn.match(/^File "\d/gm), ['File "8', 'File "9']);
});

Deno.test("ContextBudget limits the length of files by the context length, even without a past", () => {
  const charactersOf = (budget: ContextBudget, context?: number) => budget.plan(context).fileCharacters;
  assert.equal(charactersOf(new ContextBudget()), 12_000);
  assert.equal(charactersOf(new ContextBudget(0)), 12_000);
  assert.equal(charactersOf(new ContextBudget(), 128_000), 32_000);
  assert.ok(charactersOf(new ContextBudget(), 4_096) < 1_000);
  assert.equal(charactersOf(new ContextBudget(10)), 500);
});

Deno.test("ContextBudget shortens the files when a request without a past is refused as too long", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({ contextLength: 4_096 }, { all: 9_000, past: 0, shortPrompt: false, least: 1_000 }));
  assert.ok(budget.plan().fileCharacters < 1_000);
});
