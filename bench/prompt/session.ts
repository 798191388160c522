/**
 * A notebook session that is the same every time: cells of many kinds with the outputs that they have in IPython.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";

const stdout = (text: string): CellOutput => ({ type: "stream", name: "stdout", text });
const result = (text: string, html?: string): CellOutput => {
  return { type: "execute_result", data: { "text/plain": text, ...(html === undefined ? {} : { "text/html": html }) } };
};

/** The kinds of cells, in the order in which they take turns. */
const KINDS: ((n: number) => [code: string, ...outputs: CellOutput[]])[] = [
  (n) => [`import math\nvalues_${n} = [${n}, ${n + 1}, ${n + 2}]`],
  (n) => [`sum(values_${n - 1}) * ${n}`, result(String((3 * n) * n))],
  (n) => [`for i in range(${5 + n % 20}):\n    print(i, i ** 2)`, stdout(lines(5 + n % 20, (i) => `${i} ${i ** 2}`))],
  (n) => [
    `def area_${n}(width, height=${n}):\n    """The area of a rectangle."""\n    if width < 0:\n` +
    `        raise ValueError("width must not be negative")\n    return width * height`,
  ],
  (n) => [`area_${n - 1}(${n})`, result(String(n * (n - 1)))],
  (n) => [`import pandas as pd\ndf = pd.DataFrame({"a": range(${6 + n % 9}), "b": ${n}})\ndf`, frame(6 + n % 9, n)],
  (n) => [`area_${n - 3}(-1)`, failure(n)],
  (n) => [`import warnings\nwarnings.warn("old ${n}")`, {
    type: "stream",
    name: "stderr",
    text: `/tmp/ipykernel_1/1234567890.py:2: UserWarning: old ${n}\n  warnings.warn("old ${n}")\n`,
  }],
  (n) => [`{f"name{i}": [i, i + ${n}] for i in range(12)}`, result(lines(12, (i) => ` 'name${i}': [${i}, ${i + n}],`))],
  (n) => [`plt.plot(values_${n - 9})\nplt.title("cell ${n}")\nplt.show()`, {
    type: "display_data",
    data: {
      "text/plain": "<Figure size 640x480 with 1 Axes>",
      "image/svg+xml": picture(n),
      "image/png": "iVBORw0KGgo=",
    },
  }],
];

export function session(cells: number): HistoryEntry[] {
  return Array.from({ length: cells }, (_, index) => {
    const [code, ...outputs] = KINDS[index % KINDS.length](index + 1);
    return { executionCount: index + 1, code, outputs };
  });
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");
}

function frame(rows: number, value: number): CellOutput {
  const body = lines(
    rows,
    (i) => `    <tr>\n      <th>${i}</th>\n      <td>${i}</td>\n      <td>${value}</td>\n    </tr>`,
  );
  return result(
    `   a  b\n${lines(rows, (i) => `${i}  ${i}  ${value}`)}`.trimEnd(),
    `<table border="1" class="dataframe">\n  <tbody>\n${body}  </tbody>\n</table>`,
  );
}

function failure(n: number): CellOutput {
  const traceback = [
    "-".repeat(75),
    "ValueError                                Traceback (most recent call last)",
    `Cell In [${n}], line 1`,
    `----> 1 area_${n - 3}(-1)`,
    "",
    "ValueError: width must not be negative",
  ];
  return { type: "error", ename: "ValueError", evalue: "width must not be negative", traceback };
}

function picture(n: number): string {
  const ticks = lines(30, (i) => `<line x1="${i * 20}" y1="0" x2="${i * 20}" y2="${n}" stroke="#000"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">\n${ticks}</svg>`;
}
