import assert from "node:assert/strict";
import { guardListener, guardLogger } from "../src/listener.ts";
import { type LogFields, type Logger, silentLogger } from "../src/logger.ts";

/** Functions that fail, by a description that completes a title. */
const failures: [what: string, fail: () => unknown][] = [
  ["throws an error", () => {
    throw new Error("broken");
  }],
  ["throws a value that cannot become text", () => {
    throw Object.create(null);
  }],
  ["throws undefined", () => {
    throw undefined;
  }],
  ["rejects", () => Promise.reject(new Error("broken"))],
  [
    "returns a thenable that rejects",
    () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(new Error("broken")) }),
  ],
  ["returns a thenable that throws", () => ({
    get then() {
      throw new Error("broken");
    },
  })],
];

/** Returns a logger that records the lines of one level. */
function heard(level: keyof Logger) {
  const lines: [message: string, fields?: LogFields][] = [];
  return { lines, logger: { ...silentLogger, [level]: (...line: [string, LogFields?]) => void lines.push(line) } };
}

/** Waits until rejections are handled. An unhandled rejection would end the process. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

for (const [what, fail] of failures) {
  Deno.test(`guardListener() logs one error for a listener that always ${what}, and does not throw`, async () => {
    const { lines, logger } = heard("error");
    const listener = guardListener("onUsage", fail, logger);
    for (let i = 0; i < 3; i++) {
      assert.equal(listener(), undefined);
      await turn();
    }
    assert.deepEqual(lines.map(([message]) => message), ["onUsage failed"]);
    assert.equal(typeof lines[0][1]?.error, "string");
  });

  Deno.test(`guardLogger() logs one error for a method that always ${what}, and does not throw`, async () => {
    const { lines, logger } = heard("error");
    const guarded = guardLogger({ ...logger, info: fail as Logger["info"] });
    for (let i = 0; i < 3; i++) {
      guarded.info("line", {});
      await turn();
    }
    assert.deepEqual(lines.map(([message]) => message), ["the logger's method info failed"]);
  });

  Deno.test(`guardLogger() makes at most two calls per line if every method of the logger ${what}`, async () => {
    let calls = 0;
    const method = () => (calls++, fail());
    const guarded = guardLogger({ debug: method, info: method, warn: method, error: method } as Logger);
    for (const level of ["debug", "info", "warn", "error"] as const) {
      calls = 0;
      guarded[level]("line");
      await turn();
      assert.ok(calls <= 2, `${level}: ${calls}`);
    }
  });
}

Deno.test("guardListener() logs a different error of the same listener, too", () => {
  const { lines, logger } = heard("error");
  let number = 0;
  const listener = guardListener("onTrace", () => {
    throw new Error(`broken ${number++ >> 1}`);
  }, logger);
  for (let i = 0; i < 4; i++) listener();
  assert.deepEqual(lines.map(([, fields]) => fields?.error), ["Error: broken 0", "Error: broken 1"]);
});

Deno.test("guardLogger() calls each method on its logger with all arguments", () => {
  class Lines implements Logger {
    readonly lines: unknown[] = [];
    debug = (message: string, fields?: LogFields) => void this.lines.push([message, fields]);
    info(message: string, fields?: LogFields) {
      this.lines.push([message, fields]);
    }
    warn = this.debug;
    error = this.debug;
  }
  const logger = new Lines();
  guardLogger(logger).info("line", { cells: 1 });
  assert.deepEqual(logger.lines, [["line", { cells: 1 }]]);
});
