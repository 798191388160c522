/**
 * Runs `aipython run` with hostile outputs of every kind. It draws them or shows them unchanged, and always ends.
 *
 * @module
 */

import assert from "node:assert/strict";
import { openRunWorkspaceWith } from "../cli/run/run_process.ts";
import { hostileBundles } from "../support/hostile/hostile_bundles.ts";
import { hostileSvgs } from "../support/hostile/hostile_svgs.ts";
import { answer, display, stdout } from "../support/scripted_answer.ts";

const svgs = Object.values(hostileSvgs).map((make) => () => ({ "image/svg+xml": make(), "text/plain": "<Figure>" }));

for (const [what, outputs] of Object.entries({ SVGs: svgs, texts: Object.values(hostileBundles) })) {
  Deno.test(`aipython run ends with hostile ${what} and reports every figure that it does not draw`, async () => {
    await using workspace = await openRunWorkspaceWith(({ number }) =>
      answer(display(outputs[number]()), stdout(`after ${number}\n`))
    );
    await workspace.write("cells.py", outputs.map((_, number) => `# %%\ncell_${number}()\n`).join(""));
    const { code, stdout: out, stderr } = await workspace.run(["cells.py", "--output", "out.ipynb"]);
    assert.equal(code, 0, stderr.slice(-2_000));
    assert.deepEqual(out.match(/(?<=^after )\d+$/gm)?.map(Number), outputs.map((_, number) => number));
    const cells: { outputs: { data?: Record<string, unknown> }[] }[] =
      JSON.parse(await workspace.read("out.ipynb")).cells;
    const pictures = cells.flatMap((cell) => cell.outputs).filter(({ data = {} }) => "image/svg+xml" in data);
    const undrawn = pictures.filter(({ data = {} }) => !("image/png" in data));
    assert.equal(
      stderr.match(/an SVG could not be drawn as PNG; it is shown as it is reason=/g)?.length ?? 0,
      undrawn.length,
      stderr,
    );
  });
}
