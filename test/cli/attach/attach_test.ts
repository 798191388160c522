import assert from "node:assert/strict";
import type { Agent } from "../../../src/cli/host/agent_class.ts";
import { createDenoHost } from "../../../src/cli/host/deno_host.ts";
import { runProgram } from "../../../src/cli/program.ts";
import type { StopSignal } from "../../../src/cli/host/stop_signal.ts";
import {
  ConfigurationError,
  DisplacedError,
  LogReplacedError,
  RefusedError,
  SyncUnreachableError,
  UndeliveredError,
} from "../../../src/errors.ts";
import type { AIPythonAgentOptions } from "../../../src/options/mod.ts";
import { HastyClock } from "../../support/hasty_clock.ts";

const args = [
  "--notebook",
  "n",
  "--auth-token",
  "s3cret-token",
  "--api-key",
  "s3cret-key",
  "--max-history-length",
  "0",
];

/** A clock with short waits and a fixed date. */
class FixedDateClock extends HastyClock {
  override date(): Date {
    return new Date(2026, 0, 2, 21, 4, 5);
  }
}

/** Runs the command with an agent that has the given methods. The other methods resolve immediately. */
async function run(methods: Partial<Agent>, signals: StopSignal[] = [], defect?: Error) {
  let stderr = "";
  let given: AIPythonAgentOptions | undefined;
  let listeners = 0;
  let signal = (_: StopSignal) => {};
  let uncaught = (_: unknown) => {};
  const listen = () => {
    listeners++;
    return () => void listeners--;
  };
  class StubAgent implements Agent {
    constructor(options: AIPythonAgentOptions) {
      given = options;
    }
    async start() {
      await methods.start?.();
      signals.forEach((each) => signal(each));
      if (defect !== undefined) uncaught(defect);
    }
    async keepAlive() {
      await methods.keepAlive?.();
    }
    async shutdown() {
      await methods.shutdown?.();
    }
  }
  const host = {
    ...createDenoHost(),
    environment: {},
    environmentNames: () => [],
    readFile: () => new TextEncoder().encode("AIPYTHON_MODEL=from-file\n"),
    writeOutput: () => {},
    writeError: (text: string) => stderr += text,
    clock: new FixedDateClock(100),
    onStopSignal(listener: typeof signal) {
      signal = listener;
      return listen();
    },
    onUncaught(listener: typeof uncaught) {
      uncaught = listener;
      return listen();
    },
    loadAgent: () => Promise.resolve(StubAgent),
  };
  const code = await runProgram(args, host);
  return { code, stderr, given, listeners };
}

Deno.test("runProgram() passes the settings and a logger to the agent and exits with 0 when the agent ends", async () => {
  const { code, stderr, given, listeners } = await run({});
  assert.deepEqual([code, stderr, listeners], [0, "", 0]);
  assert.deepEqual([given?.notebookId, given?.model, given?.maxHistoryLength], ["n", "from-file", 0]);
  assert.equal(typeof given?.logger?.info, "function");
  assert(!("logLevel" in given!) && !("logFormat" in given!));
});

const endings: [Error, number][] = [
  [new ConfigurationError([{ message: "ended" }]), 2],
  [new RefusedError("sync", "ended"), 3],
  [new DisplacedError("n", "ended"), 4],
  [new SyncUnreachableError("ws://host", "ended"), 5],
  [new LogReplacedError("n", "ended", []), 6],
  [new UndeliveredError("ended"), 1],
];
for (const [error, expected] of endings) {
  Deno.test(`runProgram() exits with ${expected} and logs the reason when the agent throws ${error.name}`, async () => {
    const atStart = await run({ start: () => Promise.reject(error) });
    const later = await run({ keepAlive: () => Promise.reject(error) });
    for (const { code, stderr, listeners } of [atStart, later]) {
      assert.deepEqual([code, stderr, listeners], [expected, "21:04:05 error ended\n", 0]);
    }
  });
}

Deno.test("runProgram() exits with 1 and shows the stack and the cause when the agent throws an unexpected error", async () => {
  const defect = new TypeError("no such thing", { cause: new Error("a deeper one") });
  const { code, stderr } = await run({ keepAlive: () => Promise.reject(defect) });
  assert.equal(code, 1);
  assert.match(stderr, /^21:04:05 error TypeError: no such thing\n +at [^]*\n +caused by Error: a deeper one\n +at /);
});

Deno.test("runProgram() exits with 130 when the agent fails because of an interrupt", async () => {
  const failed = Promise.withResolvers<void>();
  const keepAlive = () => {
    setTimeout(failed.resolve);
    return Promise.reject(new Error("shut down"));
  };
  const { code } = await run({ keepAlive, shutdown: () => failed.promise }, ["SIGINT"]);
  assert.equal(code, 130);
});

Deno.test("runProgram() does not wait for an agent that hangs after its shutdown", async () => {
  const { code, listeners } = await run({ keepAlive: () => new Promise(() => {}) }, ["SIGTERM"]);
  assert.deepEqual([code, listeners], [143, 0]);
});

Deno.test("runProgram() reports that an interrupted agent could not deliver its outputs", async () => {
  const shutdown = () => Promise.reject(new UndeliveredError("2 outputs were not delivered"));
  const { code, stderr } = await run({ shutdown, keepAlive: () => new Promise(() => {}) }, ["SIGINT"]);
  assert.equal(code, 1);
  assert.match(stderr, /error 2 outputs were not delivered\n$/);
});

Deno.test("runProgram() exits immediately on a second signal", async () => {
  const hang = () => new Promise<void>(() => {});
  const { code } = await run({ shutdown: hang, keepAlive: hang }, ["SIGINT", "SIGTERM"]);
  assert.equal(code, 143);
});

Deno.test("runProgram() exits with 1 when the agent does not shut down in time", async () => {
  const hang = () => new Promise<void>(() => {});
  const { code, stderr, listeners } = await run({ shutdown: hang, keepAlive: hang }, ["SIGTERM"]);
  assert.deepEqual([code, listeners], [1, 0]);
  assert.match(stderr, /error the agent did not shut down within 5 s: /);
});

Deno.test("runProgram() shows an uncaught error even if the agent cannot be shut down", async () => {
  const shutdown = () => Promise.reject(new UndeliveredError("2 outputs were not delivered"));
  const keepAlive = () => new Promise<void>(() => {});
  const { code, stderr } = await run({ shutdown, keepAlive }, [], new TypeError("a defect"));
  assert.equal(code, 1);
  assert.match(stderr, /2 outputs were not delivered\n[^]*error TypeError: a defect\n/);
});

Deno.test("runProgram() exits with 129 when the terminal is closed", async () => {
  const { code } = await run({ keepAlive: () => new Promise(() => {}) }, ["SIGHUP"]);
  assert.equal(code, 129);
});
