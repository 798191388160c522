import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { runPermissions } from "./run_process.ts";
import { runToEnd } from "../command_process.ts";

const permissions = runPermissions;

Deno.test("aipython run --offline plays the tour to its end, and writes the notebook that was recorded", async () => {
  const tour = new URL("../../../examples/tour.ipynb", import.meta.url);
  const directory = await Deno.makeTempDir();
  try {
    const args = ["run", tour.pathname, "--offline", "--allow-errors", "--output", "out.ipynb"];
    const { code, stdout, stderr } = await runToEnd(args, {
      directory,
      permissions,
      environment: { TMPDIR: directory },
    });
    assert.equal(code, 1, stderr);
    assert.match(stderr, /In \[\d+\] failed: ValueError: 1 min leaves the egg raw\n\d+ cells, 1 failed, /);
    assert.match(stdout, /^42\n/);
    const [, picture] = /\[picture: (.*)\]/.exec(stdout)!;
    assert((await Deno.stat(picture)).isFile);

    const text = await Deno.readTextFile(`${directory}/out.ipynb`);
    const { metadata } = validNotebook(text);
    assert.equal(metadata.aipython.simulated, true);
    const recorded = readNotebook(await Deno.readTextFile(tour));
    const cells = ({ cells }: typeof recorded) =>
      cells.map(({ id, type, source, executionCount, outputs }) => ({
        id,
        type,
        source,
        executionCount,
        outputs: outputs.map((output) => output.type === "stream" ? output.text : output.type),
      }));
    assert.deepEqual(cells(readNotebook(text)), cells(recorded));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("aipython run - --offline needs neither network nor key", async () => {
  const { code, stdout } = await runToEnd(["run", "-", "--offline"], { permissions, input: "print(2 + 3)" });
  assert.deepEqual([code, stdout], [0, "5\n"]);
});
