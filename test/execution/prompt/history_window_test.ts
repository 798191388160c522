/**
 * How the past is fitted into its limits.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type CellSize, historyWindow } from "../../../src/execution/prompt/history_window.ts";

const cells = (count: number, size: CellSize = { whole: 10, code: 1 }): CellSize[] => Array(count).fill(size);

Deno.test("historyWindow() keeps everything while it fits", () => {
  assert.deepEqual(historyWindow(cells(20), 20, 200), { first: 0, firstWhole: 0 });
  assert.deepEqual(historyWindow([], 20, 200), { first: 0, firstWhole: 0 });
});

Deno.test("historyWindow() takes the outputs off the older half when there are too many whole cells", () => {
  assert.deepEqual(historyWindow(cells(21), 20, 1_000), { first: 0, firstWhole: 11 });
  assert.deepEqual(historyWindow(cells(31), 20, 1_000), { first: 0, firstWhole: 11 });
  assert.deepEqual(historyWindow(cells(32), 20, 1_000), { first: 0, firstWhole: 22 });
});

Deno.test("historyWindow() takes outputs off when whole cells are too long, and drops code when there is too much of it", () => {
  assert.deepEqual(historyWindow(cells(11), Infinity, 100), { first: 0, firstWhole: 6 });
  const { first, firstWhole } = historyWindow(cells(400, { whole: 2, code: 2 }), Infinity, 100);
  assert.ok(first > 340 && first < firstWhole, `${first} ${firstWhole}`);
});

Deno.test("historyWindow() keeps the newest cell, whatever its size", () => {
  const sizes = [...cells(5), { whole: 9_999, code: 5 }];
  assert.deepEqual(historyWindow(sizes, 20, 100), { first: 5, firstWhole: 5 });
});

Deno.test("historyWindow() is within its limits after every cell, and moves in large steps", () => {
  const sizes = Array.from(
    { length: 300 },
    (_, index) => ({ whole: 5 + (index * 37) % 60, code: 1 + (index * 11) % 9 }),
  );
  let moves = 0;
  let before = { first: 0, firstWhole: 0 };
  for (let count = 1; count <= sizes.length; count++) {
    const window = historyWindow(sizes.slice(0, count), 20, 1_000);
    const { first, firstWhole } = window;
    assert.ok(first <= firstWhole && count - firstWhole <= 20 && firstWhole < count);
    const size = sizes.slice(0, count).reduce(
      (sum, { whole, code }, index) => sum + (index < first ? 0 : index < firstWhole ? code : whole),
      0,
    );
    assert.ok(size <= 1_000, `${size}`);
    assert.ok(first >= before.first && firstWhole >= before.firstWhole);
    if (first !== before.first || firstWhole !== before.firstWhole) moves += 1;
    before = window;
  }
  assert.ok(moves < 40, `${moves} moves in 300 cells`);
});
