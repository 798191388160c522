import assert from "node:assert/strict";
import { startOfflineModel } from "../../../../stack/offline_model/offline_model.ts";
import { ask, type Call, result, written } from "../support.ts";
import { serveDistribution } from "./distribution.ts";
import { TINY_MATPLOTLIB } from "./tiny_matplotlib.ts";

const IMPORT = "import matplotlib.pyplot as plt\n";

/** Returns the MIME bundle of a figure with these lines. */
const data = (lines: string, size = "640x480") => ({
  "text/plain": `<Figure size ${size} with 1 Axes>`,
  "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg"><title>${lines}</title></svg>`,
});

const shown = (lines: string, size?: string): Call => ({ name: "display", arguments: { data: data(lines, size) } });
const value = (lines: string): Call => ({ name: "execute_result", arguments: { data: data(lines) } });
const empty: Call = { name: "display", arguments: { data: { "text/plain": "<Figure size 640x480 with 0 Axes>" } } };

/** Cells, with the calls of the last one. */
const CASES: [string, string[], Call[]][] = [
  ["a figure is shown at the end of the cell that draws it", ["plt.plot(1)\nprint('after')"], [
    written("stdout", "after\n"),
    shown("[1]"),
  ]],
  [
    "plt.show() shows a figure, which is not shown again at the end of the cell",
    ["plt.plot(1)\nplt.show()\nprint(2)"],
    [
      shown("[1]"),
      written("stdout", "2\n"),
    ],
  ],
  ["plt.show() in a loop shows each figure", ["for n in 1, 2:\n    plt.plot(n)\n    plt.show()"], [
    shown("[1]"),
    shown("[2]"),
  ]],
  ["a figure has the size of figsize", ["plt.figure(figsize=(2, 1))\nplt.plot(1)"], [shown("[1]", "200x100")]],
  ["an empty figure has no picture", ["plt.figure();"], [empty]],
  ["a figure that is the value of a cell is shown again at the end", ["plt.plot(1)\nplt.gcf()"], [
    value("[1]"),
    shown("[1]"),
  ]],
  ["a figure is shown as the value of a later cell", ["plt.plot(1)\nfig = plt.gcf()", "fig"], [value("[1]")]],
  ["Figure.show() does not show a figure before the end of the cell", ["fig = plt.figure()\nfig.show()\nplt.plot(1)"], [
    shown("[1]"),
  ]],
  ["%matplotlib inline shows nothing", ["%matplotlib inline\n%config InlineBackend.figure_format = 'svg'"], []],
  ["%%capture captures figures", ["%%capture out\nplt.plot(1)\nplt.show()\nplt.plot(2)", "len(out.outputs)"], [
    result("2"),
  ]],
  [
    "set_matplotlib_close(False) keeps a figure for the next cell",
    [
      "from matplotlib_inline.backend_inline import set_matplotlib_close, set_matplotlib_formats\n" +
      "set_matplotlib_formats('svg')\nset_matplotlib_close(False)\nplt.plot(1)",
      "plt.plot(2)\nplt.gcf()",
    ],
    [value("[1, 2]")],
  ],
  ["plt.ioff() prevents figures at the end of the cell", ["plt.figure()", "plt.ioff()\nplt.figure()\nplt.plot(1)"], []],
];

/** Returns the first cell of a case with the import at its beginning, below a cell magic. */
function beginning(code: string): string {
  const [magic] = /^(?:%%.*\n)?/.exec(code)!;
  return magic + IMPORT + code.slice(magic.length);
}

Deno.test("a figure is shown as SVG", async (t) => {
  await using distribution = await serveDistribution({ matplotlib: TINY_MATPLOTLIB });
  const { lock, url, cacheDir: keptIn } = distribution;
  await using model = await startOfflineModel({ packages: { lock, url, keptIn } });

  await t.step("the figure of a failing cell is shown before the error", async () => {
    const [figure, error] = await ask(model, [`${IMPORT}plt.plot(1)\n1 / 0`]);
    assert.deepEqual([figure, error.name], [shown("[1]"), "error"]);
  });

  for (const [name, [first, ...others], calls] of CASES) {
    await t.step(name, async () => {
      const cells = [beginning(first), ...others];
      for (const end of others.keys()) await ask(model, cells.slice(0, end + 1));
      assert.deepEqual(await ask(model, cells), calls);
    });
  }
});

Deno.test("a figure of an earlier cell is not shown when the cell is run again", async (t) => {
  await using distribution = await serveDistribution({ matplotlib: TINY_MATPLOTLIB });
  const { lock, url, cacheDir: keptIn } = distribution;
  for (const forgetful of [false, true]) {
    await t.step(
      `only the last figure is shown ${forgetful ? "by a forgetful model" : "after the process has ended"}`,
      async () => {
        await using model = await startOfflineModel({ packages: { lock, url, keptIn }, forgetful });
        const cells = [`${IMPORT}text = "[... 1,234 characters left out ...]"\nplt.plot(1)`, "plt.plot(2)"];
        await ask(model, cells.slice(0, 1), { key: "a" });
        await model.endNotebook("a");
        const calls = await ask(model, cells, { key: "a" });
        assert.deepEqual(calls.filter(({ name }) => name === "display"), [shown("[2]")]);
      },
    );
  }
});
