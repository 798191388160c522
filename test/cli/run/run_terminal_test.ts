import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { keys, openPseudoTerminal, type PseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, display, error, gate, result, stderr, stdout } from "../../support/scripted_answer.ts";
import { aipython } from "../command_process.ts";
import { modelEnvironment, openRunWorkspace, type RunWorkspace } from "./run_process.ts";

/** Runs the command in a pseudo-terminal. */
function runInTerminal(
  workspace: RunWorkspace,
  args: string[],
  environment: Record<string, string> = {},
): PseudoTerminal {
  const own = ["HOME", "DENO_DIR", "PATH"].flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []);
  const command = [Deno.execPath(), "run", "--allow-all", "--quiet", fileURLToPath(aipython), "run", ...args];
  const env = { ...Object.fromEntries(own), ...modelEnvironment(workspace.server), NO_COLOR: "1", ...environment };
  return openPseudoTerminal(command, { env, cwd: workspace.folder });
}

/** Returns the text on the terminal's screen. Erased lines are left out. */
function screen(terminal: PseudoTerminal): string {
  // deno-lint-ignore no-control-regex -- the test looks for control sequences
  return terminal.raw.replaceAll("\r\n", "\n").replace(/[^\n]*\r\x1b\[2K/g, "");
}

Deno.test("aipython run draws cells on a terminal like IPython and erases its progress line at the end", async () => {
  await using workspace = await openRunWorkspace(
    answer(stdout("a\n"), gate("first"), stderr("careful\n"), result("5")),
    answer(gate("second"), stdout("open"), stdout(" line\n")),
  );
  await workspace.write("a.py", "# %% [markdown]\n# # Title\n# %%\nf()\n2 + 3\n# %%\ng()");
  await using terminal = runInTerminal(workspace, ["a.py"]);
  await terminal.until("a\r\n");
  await terminal.until("cell 1 of 2, ");
  workspace.server.open("first");
  await terminal.until("Out[1]: 5");
  await terminal.until(/cell 2 of 2, \d+\.\d s, 15 tokens/);
  workspace.server.open("second");
  assert.equal(await terminal.exitCode(), 0);
  const host = workspace.server.host.replaceAll(".", "\\.");
  assert.match(
    screen(terminal),
    new RegExp(
      `^scripted at ${host} plays IPython: nothing is executed, all outputs are simulated\nTitle\n\n` +
        "In \\[1\\]: f\\(\\)\n   \\.\\.\\.: 2 \\+ 3\na\ncareful\nOut\\[1\\]: 5\n\n" +
        "In \\[2\\]: g\\(\\)\nopen line\n2 cells, \\d+\\.\\d s, 30 tokens, simulated by scripted\n$",
    ),
  );
});

Deno.test("aipython run erases an open line for clear_output and shows an updated display again on a terminal", async () => {
  await using workspace = await openRunWorkspace(answer(
    stdout("10 %"),
    display({}, { clear_output: true }),
    display({ "text/plain": "one" }, { display_id: "d" }),
    display({ "text/plain": "two" }, { display_id: "d", update: true }),
  ));
  await workspace.write("a.py", "f()");
  await using terminal = runInTerminal(workspace, ["a.py"]);
  assert.equal(await terminal.exitCode(), 0);
  assert.match(screen(terminal), /In \[1\]: f\(\)\none\ntwo\n/);
});

Deno.test("aipython run --quiet shows neither progress nor outputs on a terminal", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), error("ValueError", "no")));
  await workspace.write("a.py", "f()");
  await using terminal = runInTerminal(workspace, ["a.py", "--quiet"]);
  assert.equal(await terminal.exitCode(), 1);
  assert.match(terminal.raw, /^In \[1\] failed: ValueError: no\r\n1 cell, 1 failed, [^\r\n]*\r\n$/);
});

Deno.test("aipython run uses colours on a terminal unless NO_COLOR is set", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  await workspace.write("a.py", "2 + 3");
  await using colored = runInTerminal(workspace, ["a.py"], { NO_COLOR: "" });
  assert.equal(await colored.exitCode(), 0);
  assert(colored.raw.includes("\x1b[36mOut[1]: \x1b[0m5"), colored.raw);
  await using plain = runInTerminal(workspace, ["a.py"]);
  assert.equal(await plain.exitCode(), 0);
  // deno-lint-ignore no-control-regex -- the test looks for control sequences
  assert.doesNotMatch(plain.raw, /\x1b\[[0-9;]*m/);
});

Deno.test("aipython run interrupts the cell on Ctrl-C in a terminal and writes the notebook", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("begun\n"), gate("never")));
  await workspace.write("a.py", "f()\n# %%\ng()");
  await using terminal = runInTerminal(workspace, ["a.py", "--output", "out.ipynb"]);
  await terminal.until("begun");
  await terminal.type(keys.ctrl("c"));
  assert.equal(await terminal.exitCode(), 130);
  assert.match(screen(terminal), /begun\n[^]*KeyboardInterrupt[^]*\n1 of 2 cells, interrupted, /);
  assert.equal(validNotebook(await workspace.read("out.ipynb")).cells[0].outputs.at(-1).ename, "KeyboardInterrupt");
});

Deno.test("aipython run --offline interrupts the offline Python on Ctrl-C in a terminal", async () => {
  await using workspace = await openRunWorkspace();
  await workspace.write("a.py", "import time\nprint('begun')\ntime.sleep(60)");
  await using terminal = runInTerminal(workspace, ["a.py", "--offline", "--output", "out.ipynb"]);
  await terminal.until("begun\r\n");
  await terminal.type(keys.ctrl("c"));
  assert.equal(await terminal.exitCode(), 130);
  assert.match(screen(terminal), /KeyboardInterrupt/);
  assert.equal(validNotebook(await workspace.read("out.ipynb")).cells[0].outputs.at(-1).ename, "KeyboardInterrupt");
});
