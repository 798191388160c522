import assert from "node:assert/strict";
import type { CommandHost } from "../../../src/cli/host/command_host.ts";
import { ShellDisplay } from "../../../src/cli/shell/shell_display.ts";
import type { RunningCell } from "../../../src/shell/notebook_run.ts";
import { ManualClock } from "../../support/manual_clock.ts";

const at: RunningCell = {
  cell: { type: "code", source: "f()", metadata: {}, outputs: [] },
  number: 1,
  executionCount: 1,
};

/** Opens a display whose host has the given terminals. Collects its output. */
function openDisplay(terminals: readonly ("input" | "output" | "error")[]) {
  const written: string[] = [];
  const host = {
    environment: { NO_COLOR: "1" },
    clock: new ManualClock(),
    isTerminal: (stream) => terminals.includes(stream),
    columns: () => 80,
    writeOutput: (text) => written.push(`out ${text}`),
    writeError: (text) => written.push(`err ${text}`),
  } satisfies Partial<CommandHost> as unknown as CommandHost;
  const display = new ShellDisplay({ host, isQuiet: false });
  const print = (name: "stdout" | "stderr", text: string) =>
    display.change({ type: "added", output: { type: "stream", name, text } }, at);
  return { display, written, print };
}

Deno.test("the progress line is erased before an output and not drawn into an open line", () => {
  const { display, written, print } = openDisplay(["output", "error"]);
  using _ = display;
  display.track(() => "cell 1");
  print("stdout", "10 %");
  display.track(() => "cell 1 still");
  assert.deepEqual(written, ["err \r\x1b[2Kcell 1", "err \r\x1b[2K", "out 10 %"]);
  print("stdout", "\n");
  display.track(() => "cell 1 again");
  assert.deepEqual(written.slice(3), ["out \n", "err \r\x1b[2Kcell 1 again"]);
});

Deno.test("the progress line shows why a cell waits until the cell continues", () => {
  const { display, written } = openDisplay(["output", "error"]);
  using _ = display;
  display.track(() => "cell 1");
  display.wait("HOST is loading its model.");
  display.wait();
  assert.deepEqual(written.filter((text) => /cell/.test(text)).map((text) => text.replace(/^[^]*2K/, "")), [
    "cell 1",
    "cell 1: HOST is loading its model.",
    "cell 1",
  ]);
});

Deno.test("only an open line on the terminal suppresses the progress line", () => {
  const { display, written, print } = openDisplay(["error"]);
  using _ = display;
  print("stdout", "open");
  display.track(() => "cell 1");
  print("stderr", "open too");
  display.track(() => "cell 1 still");
  assert.deepEqual(written, ["out open", "err \r\x1b[2Kcell 1", "err \r\x1b[2K", "err open too"]);
  display.say("1 cell");
  assert.deepEqual(written.slice(4), ["err \n", "err 1 cell\n"]);
});

Deno.test("no progress line is drawn without a terminal, and a drawn line is erased at the end", () => {
  const piped = openDisplay(["output"]);
  piped.display.track(() => "cell 1");
  piped.display[Symbol.dispose]();
  assert.deepEqual(piped.written, []);
  const shown = openDisplay(["output", "error"]);
  shown.display.track(() => "cell 1");
  shown.display[Symbol.dispose]();
  assert.equal(shown.written.at(-1), "err \r\x1b[2K");
});

Deno.test("the progress line is erased before a log line", () => {
  const { display, written } = openDisplay(["output", "error"]);
  using _ = display;
  const log = (message: string) => void written.push(message);
  const logger = display.logger({ debug: log, info: log, warn: log, error: log });
  display.track(() => "cell 1");
  logger.warn("careful");
  assert.deepEqual(written.slice(1), ["err \r\x1b[2K", "careful"]);
});
