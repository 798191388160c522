import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { runPermissions } from "./run_process.ts";
import { runToEnd } from "../command_process.ts";

const permissions = runPermissions;

Deno.test("aipython run --offline runs the tour and writes the same cells and outputs as the recorded notebook", async () => {
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

Deno.test("aipython run - --offline works without network and API key", async () => {
  const { code, stdout } = await runToEnd(["run", "-", "--offline"], { permissions, input: "print(2 + 3)" });
  assert.deepEqual([code, stdout], [0, "5\n"]);
});

Deno.test("aipython run --offline makes files that cells name available to the offline model", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${directory}/d`);
    await Deno.writeTextFile(`${directory}/d/t.csv`, "a,b\r\n1,2\r\n3,é");
    const cell =
      "import csv\nopen('d/t.csv', newline='').read()\n# %%\n[row['b'] for row in csv.DictReader(open('d/t.csv'))]";
    await Deno.writeTextFile(`${directory}/a.py`, cell);
    await Deno.writeTextFile(
      `${directory}/big.txt`,
      Array.from({ length: 9_000 }, (_, line) => `line ${line}\n`).join(""),
    );
    const run = (args: string[], input?: string) => {
      return runToEnd(["run", ...args, "--offline"], { directory, permissions, input });
    };
    const { code, stdout, stderr } = await run(["a.py"]);
    assert.deepEqual([code, stdout], [0, "'a,b\\r\\n1,2\\r\\n3,é'\n['2', 'é']\n"], stderr);
    assert.match(stderr, /^sends d\/t\.csv \(14 bytes\) to the Python on this machine, because a cell names it\n/);
    const cut = await run(["-"], "lines = open('big.txt').read().split('\\n')\nlines[0], lines[-2], len(lines) < 2000");
    assert.equal(cut.stdout, "('line 0', 'line 8999', True)\n", cut.stderr);
    assert.match(cut.stderr, /The offline model knows the beginning and the end of 'big\.txt' only\./);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
