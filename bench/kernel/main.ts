/**
 * Compares the kernel with ipykernel: start, round trip, memory.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { findPython } from "../../test/jupyter/jupyter_python.ts";
import { answer, result } from "../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../test/support/scripted_model_server.ts";

const usage = `Usage: deno task bench:kernel [--starts N] [--cells N]

Starts AIPython's kernel and ipykernel in turn as front ends do, N times each
(default: 7), requests the kernel info and runs N cells (default: 40). A model
server on this machine answers at once, so the times are the kernel's own. Needs
Linux, and a python3 with jupyter_client and ipykernel (apt-get install python3-ipykernel).
`;

/** The measurements of one start, in milliseconds and bytes. */
type Figures = Record<"ready" | "kernelInfo" | "cell" | "memory", number>;

const text = (value: string) => ({ type: "string", default: value }) as const;
const { values } = parseArgs({
  args: Deno.args,
  options: { starts: text("7"), cells: text("40"), help: { type: "boolean" } },
});
const write = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line));
if (values.help) {
  write(usage);
  Deno.exit(0);
}

const python = findPython(["jupyter_client", "ipykernel"]);
if (python === undefined) {
  write(`There is no python3 with jupyter_client and ipykernel.\n\n${usage}`);
  Deno.exit(1);
}
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = await Deno.makeTempDir({ prefix: "bench-kernel-" });
try {
  await using server = await startScriptedModel(() => answer(result("2")));
  const env = { OPENAI_API_KEY: "test-key", JUPYTER_DATA_DIR: folder, JUPYTER_RUNTIME_DIR: `${folder}/runtime` };
  const settings = ["--base-url", server.baseUrl, "--model", "scripted"];
  await run(Deno.execPath(), ["run", "-A", `${root}/bin/aipython.ts`, "kernel", "install", ...settings], env);
  const script = fileURLToPath(new URL("kernels.py", import.meta.url));
  const args = [script, values.starts, values.cells, "python3", "aipython"];
  const measured: Record<"python3" | "aipython", Figures[]> = JSON.parse(await run(python, args, env));
  const middle = (name: keyof typeof measured, figure: keyof Figures) =>
    measured[name].map((figures) => figures[figure]).toSorted((a, b) => a - b)[measured[name].length >> 1];
  const row = (cells: string[]) =>
    write(`${cells[0].padEnd(36)}${cells.slice(1).map((cell) => cell.padStart(12)).join("")}\n`);
  const compare = (label: string, figure: keyof Figures, show: (value: number) => string) => {
    const [theirs, ours] = [middle("python3", figure), middle("aipython", figure)];
    row([label, show(theirs), show(ours), (ours / theirs).toFixed(2)]);
  };
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  row(["", "ipykernel", "aipython", "ratio"]);
  compare("start to the first answer", "ready", ms);
  compare("kernel_info, there and back", "kernelInfo", ms);
  compare("a cell, 1 + 1", "cell", ms);
  compare("memory, resident", "memory", (value) => `${(value / 1e6).toFixed(0)} MB`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function run(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout);
}
