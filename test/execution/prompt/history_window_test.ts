/**
 * Fits the past into its limits.
 *
 * @module
 */

import assert from "node:assert/strict";
import {
  type CellSize,
  type HistoryLimits,
  historyWindow,
  RECALL_SHARE,
  SUMMARY_SHARE,
} from "../../../src/execution/prompt/history_window.ts";

const cells = (count: number, size: Partial<CellSize> = {}): CellSize[] =>
  Array(count).fill({ code: 1, shortCode: 1, outputs: 9, ...size });

const limits = (change: Partial<HistoryLimits> = {}): HistoryLimits => {
  return { maxWhole: 20, maxCells: 400, maxTokens: 1_000, ...change };
};

const EVERYTHING = { first: 0, firstLong: 0, firstWhole: 0, trimmedAt: 0 };

Deno.test("historyWindow() keeps everything while it fits", () => {
  assert.deepEqual(historyWindow(cells(20), limits({ maxTokens: 200 })), EVERYTHING);
  assert.deepEqual(historyWindow([], limits({ maxTokens: 0 })), EVERYTHING);
});

Deno.test("historyWindow() drops the outputs of the older half when there are too many whole cells", () => {
  assert.deepEqual(historyWindow(cells(21), limits()), { ...EVERYTHING, firstWhole: 11 });
  assert.deepEqual(historyWindow(cells(31), limits()), { ...EVERYTHING, firstWhole: 11 });
  assert.deepEqual(historyWindow(cells(32), limits()), { ...EVERYTHING, firstWhole: 22 });
});

Deno.test("historyWindow() leaves out the older half when there are too many cells", () => {
  const { first, trimmedAt } = historyWindow(cells(9), limits({ maxCells: 5 }));
  assert.deepEqual({ first, trimmedAt }, { first: 6, trimmedAt: 9 });
  const one = historyWindow(cells(9), limits({ maxWhole: 1, maxCells: 1 }));
  assert.deepEqual(one, { first: 8, firstLong: 8, firstWhole: 8, trimmedAt: 9 });
});

Deno.test("historyWindow() leaves out outputs first, then large literals, and cells last", () => {
  const outputs = historyWindow(cells(11, { code: 100, shortCode: 100, outputs: 900 }), limits({ maxTokens: 10_000 }));
  assert.deepEqual(outputs, { ...EVERYTHING, firstWhole: 5 });
  const pasted = { code: 3_000, shortCode: 200, outputs: 0 };
  const literals = historyWindow([...cells(1), ...cells(4, pasted)], limits({ maxTokens: 10_000 }));
  assert.deepEqual(literals, { ...EVERYTHING, firstLong: 3 });
  const { first, firstWhole } = historyWindow(
    cells(400, { code: 100, shortCode: 100, outputs: 100 }),
    limits({ maxWhole: 400, maxTokens: 10_000 }),
  );
  assert.ok(first > 340 && first < firstWhole, `${first} ${firstWhole}`);
});

Deno.test("historyWindow() keeps a smaller share of the token budget when the budget is small", () => {
  const code = { code: 100, shortCode: 100, outputs: 0 };
  const keptOf = (maxTokens: number) => {
    for (let count = 1;; count++) {
      const { first } = historyWindow(cells(count, code), limits({ maxWhole: 400, maxTokens }));
      if (first > 0) return (count - first) * 100 / maxTokens;
    }
  };
  assert.ok(keptOf(10_000) > 0.4 && keptOf(10_000) < 0.6, `${keptOf(10_000)}`);
  assert.ok(keptOf(2_000) < 0.2, `${keptOf(2_000)}`);
});

Deno.test("historyWindow() keeps a small definition while data is pasted repeatedly", () => {
  const pasted = { code: 6_000, shortCode: 150, outputs: 0 };
  for (let count = 1; count < 60; count++) {
    const sizes = [...cells(1, { code: 20, shortCode: 20, outputs: 0 }), ...cells(count, pasted)];
    const { first, firstLong } = historyWindow(sizes, limits({ maxTokens: 24_000 }));
    assert.equal(first, 0, `after ${count} cells`);
    assert.ok(firstLong < sizes.length, "the newest cell stays as it is");
  }
});

Deno.test("historyWindow() keeps a newest cell of any size and shortens its literals if necessary", () => {
  const sizes = [...cells(5), { code: 9_999, shortCode: 9_000, outputs: 5 }];
  assert.deepEqual(historyWindow(sizes, limits({ maxTokens: 100 })), {
    first: 5,
    firstLong: 6,
    firstWhole: 5,
    trimmedAt: 6,
  });
});

Deno.test("historyWindow() stays within its limits after every cell and moves in large steps", () => {
  const sizes = Array.from({ length: 300 }, (_, index): CellSize => {
    const short = 4 + (index * 11) % 9;
    return { code: short + (index % 7 === 0 ? 150 : 0), shortCode: short, outputs: (index * 37) % 60 };
  });
  let moves = 0;
  let before = EVERYTHING;
  for (let count = 1; count <= sizes.length; count++) {
    const window = historyWindow(sizes.slice(0, count), limits());
    const { first, firstLong, firstWhole } = window;
    assert.ok(first <= firstWhole && first <= firstLong && count - firstWhole <= 20 && firstWhole < count);
    const size = sizes.slice(0, count).reduce((sum, { code, shortCode, outputs }, index) => {
      if (index < first) return sum;
      return sum + (index < firstLong ? shortCode : code) + (index < firstWhole ? 0 : outputs);
    }, first > 0 ? 1_000 * (SUMMARY_SHARE + RECALL_SHARE) : 0);
    assert.ok(size <= 1_000, `${size}`);
    assert.ok(first >= before.first && firstLong >= before.firstLong && firstWhole >= before.firstWhole);
    if (JSON.stringify({ ...window, trimmedAt: 0 }) !== JSON.stringify({ ...before, trimmedAt: 0 })) moves += 1;
    before = window;
  }
  assert.ok(moves < 60, `${moves} moves in 300 cells`);
});
