import assert from "node:assert/strict";
import { keys, openPseudoTerminal } from "./pseudo_terminal.ts";

const env = { PATH: Deno.env.get("PATH")!, HOME: Deno.env.get("HOME")! };

Deno.test("a command in a pseudo-terminal has a window size, receives keys and returns its exit code", async () => {
  await using terminal = openPseudoTerminal(["sh", "-c", "stty size; read a; echo got $a; exit 7"], {
    env,
    rows: 30,
    columns: 100,
  });
  await terminal.until("30 100\r\n");
  await terminal.type(`x${keys.enter}`);
  assert.match(await terminal.until(/got \w+/), /got x$/);
  assert.equal(await terminal.exitCode(), 7);
});

Deno.test("Ctrl-C in a pseudo-terminal interrupts the command after a resize", async () => {
  const waiting = "trap 'stty size' WINCH; trap 'echo int; exit 3' INT; echo ready; while :; do read a; done";
  await using terminal = openPseudoTerminal(["bash", "-c", waiting], { env });
  await terminal.until("ready");
  await terminal.resize(10, 40);
  await terminal.type(keys.ctrl("c"));
  await terminal.until("int");
  assert.equal(await terminal.exitCode(), 3);
});

Deno.test("the error of a failed until() shows the written text", async () => {
  await using terminal = openPseudoTerminal(["sh", "-c", "printf '\\033[1mhello\\033[0m'"], { env });
  await assert.rejects(terminal.until("bye"), /ended without it: bye\n<waited from here on>hello/);
  assert.equal(terminal.raw, "\x1b[1mhello\x1b[0m");
});

Deno.test("disposing of a pseudo-terminal kills its command", async () => {
  const terminal = openPseudoTerminal(["sh", "-c", "echo $$; sleep 60"], { env });
  const pid = Number.parseInt(await terminal.until("\n"));
  await terminal[Symbol.asyncDispose]();
  assert.equal(await terminal.exitCode(), 137);
  assert.throws(() => Deno.kill(pid, "SIGTERM"), Deno.errors.NotFound);
});

Deno.test("a command that ends by a signal has the exit code that shells report", async () => {
  await using terminal = openPseudoTerminal(["sh", "-c", "echo ready; sleep 60"], { env });
  await terminal.until("ready");
  await terminal.signal("SIGTERM");
  assert.equal(await terminal.exitCode(), 143);
});
