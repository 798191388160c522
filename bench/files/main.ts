/**
 * `deno task bench:files`: how long `aipython run` takes for a large notebook and for a long one, without a network.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { largeNotebook, longNotebook } from "./large_notebooks.ts";
import { type MeasuredRun, measureRun } from "./measure_run.ts";

/** The goals on two cores: seconds for the large and for the long notebook, and bytes for both. */
const LARGE_SECONDS = 6;
const LONG_SECONDS = 60;
const MOST_BYTES = 400_000_000;

const LONG_CELLS = 2_000;

const usage = `Usage: deno task bench:files

Runs a notebook of 30 MB and one of ${LONG_CELLS} cells with aipython run --offline, and prints time and
memory, beside jupyter nbconvert --execute where that is installed.
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

if (Deno.args.length > 0) {
  write(usage);
  Deno.exit(Deno.args.includes("--help") ? 0 : 2);
}

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const folder = await Deno.makeTempDir();
try {
  await Deno.writeTextFile(`${folder}/large.ipynb`, largeNotebook());
  await Deno.writeTextFile(`${folder}/long.ipynb`, longNotebook(LONG_CELLS));
  write("what                             |     time |   memory | nbconvert | goals\n");
  for (const [name, goal] of [["large", LARGE_SECONDS], ["long", LONG_SECONDS]] as const) {
    const script = [`${checkout}bin/aipython.ts`, "run", `${name}.ipynb`, "--offline", "--quiet", "-o", "out.ipynb"];
    const ours = await measureRun(
      Deno.execPath(),
      ["run", "-A", "--config", `${checkout}deno.json`, ...script],
      folder,
    );
    const theirs = await measureRun("jupyter", ["nbconvert", "--to", "notebook", "--execute", `${name}.ipynb`], folder);
    if (ours === undefined) throw new Error(`aipython run ${name}.ipynb failed`);
    const size = (await Deno.stat(`${folder}/${name}.ipynb`)).size / 1e6;
    write(row(`${name}, ${size.toFixed(1)} MB`, ours, theirs, goal));
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function row(what: string, { seconds, bytes }: MeasuredRun, theirs: MeasuredRun | undefined, goal: number): string {
  const isKept = seconds <= goal && (bytes ?? 0) <= MOST_BYTES;
  const other = theirs === undefined ? "none" : `${theirs.seconds.toFixed(1)} s`;
  const columns = [
    what.padEnd(32),
    `${seconds.toFixed(1)} s`.padStart(8),
    (bytes === undefined ? "unknown" : `${Math.round(bytes / 1e6)} MB`).padStart(8),
    other.padStart(9),
    `${goal} s, ${MOST_BYTES / 1e6} MB: ${isKept ? "kept" : "MISSED"}`,
  ];
  return `${columns.join(" | ")}\n`;
}
