import assert from "node:assert/strict";
import { createStderrLogger, type StderrLoggerOptions } from "../../src/cli/stderr_logger.ts";
import type { Logger } from "../../src/logger.ts";
import { ManualClock } from "../support/manual_clock.ts";

/** Returns the text that a logger writes at 21:04:05 local time. */
function written(options: Partial<StderrLoggerOptions>, use: (logger: Logger) => void): string {
  let text = "";
  const clock = new ManualClock(new Date(2026, 0, 2, 21, 4, 5));
  use(
    createStderrLogger({
      level: "debug",
      format: "text",
      secrets: [],
      clock,
      write: (line) => text += line,
      ...options,
    }),
  );
  return text;
}

Deno.test("createStderrLogger() writes a text line with time, level, message and fields", () => {
  const text = written({}, (logger) => {
    logger.info("attached", { notebook: "n", cells: 3, ready: true, model: undefined });
    logger.error("failed", { reason: 'it said "no"', empty: "", lines: "a\nb" });
  });
  assert.equal(
    text,
    "21:04:05 info  attached notebook=n cells=3 ready=true\n" +
      String.raw`21:04:05 error failed reason="it said \"no\"" empty="" lines="a\nb"` + "\n",
  );
});

Deno.test("createStderrLogger() writes one JSON object per line", () => {
  const text = written({ format: "json" }, (logger) => {
    logger.warn("two\nlines", { cells: 3, ready: true, model: undefined, level: "a field cannot forge the level" });
  });
  assert.equal(text.indexOf("\n"), text.length - 1);
  const time = new Date(2026, 0, 2, 21, 4, 5).toISOString();
  assert.deepEqual(JSON.parse(text), { time, level: "warn", message: "two\nlines", cells: 3, ready: true });
});

Deno.test("createStderrLogger() indents the further lines of a message", () => {
  assert.equal(
    written({}, (logger) => logger.error("Error: no\n    at here\r\n    at there\n", { cell: 1 })),
    "21:04:05 error Error: no cell=1\n" +
      "                   at here\n" +
      "                   at there\n",
  );
});

Deno.test("createStderrLogger() escapes control characters", () => {
  assert.equal(
    written({}, (logger) => logger.info("\x1b[2Jgone\u009b", { name: "\x1b]0;title\x07" })),
    String.raw`21:04:05 info  \x1b[2Jgone\x9b name="\u001b]0;title\u0007"` + "\n",
  );
});

Deno.test("createStderrLogger() drops lines below its level", () => {
  const levels = ["debug", "info", "warn", "error"] as const;
  const lines = (level: typeof levels[number]) =>
    written({ level }, (logger) => levels.forEach((each) => logger[each](each))).match(/\w+$/gm);
  assert.deepEqual(lines("debug"), ["debug", "info", "warn", "error"]);
  assert.deepEqual(lines("warn"), ["warn", "error"]);
  assert.deepEqual(lines("error"), ["error"]);
});

for (const format of ["text", "json"] as const) {
  Deno.test(`createStderrLogger() hides secrets in messages, fields and quoted JSON (${format})`, () => {
    const secrets = ['t0ken"+/', "k3y"];
    const url = `ws://host/?payload=${encodeURIComponent(JSON.stringify({ authToken: secrets[0] }))}`;
    const text = written({ format, secrets }, (logger) => {
      logger.error(`refused ${secrets[0]} and k3y`, { url, again: encodeURIComponent(url), key: "k3y", k3y: "name" });
      logger.debug(JSON.stringify({ authToken: secrets[0] }), { body: JSON.stringify({ apiKey: "k3y" }) });
    });
    assert.doesNotMatch(text, /t0ken|k3y/);
    assert.equal(text.split("[hidden]").length - 1, 8);
  });
}

for (const format of ["text", "json"] as const) {
  Deno.test(`createStderrLogger() shortens long names and ids (${format})`, () => {
    for (const field of ["cellId", "requestedBy", "model", "tool", "file", "notebook", "problem", "reason"]) {
      const line = written({ format }, (logger) => logger.warn("refused", { [field]: "x".repeat(1_000_000) }));
      assert.ok(line.length < 2_200, `${line.length} characters`);
      assert.match(line, /x\.\.\.\(1,000,000 characters\)/);
    }
    const line = written({ format }, (logger) => logger.info(`the model is ${"😀".repeat(500_000)}: the only one`));
    assert.ok(line.length < 400, `${line.length} characters`);
    assert.match(line, /the model is 😀+\.\.\.\(1,000,001 characters\) the only one/u);
    const lines = written({ format }, (logger) => logger.error("a b\n".repeat(1_000_000)));
    assert.ok(lines.length < 100_000, `${lines.length} characters`);
  });
}

Deno.test("createStderrLogger() hides a secret at the point where a field is shortened", () => {
  const secret = "abcdefghijklmnop";
  const text = written({ secrets: [secret] }, (logger) => {
    logger.info(`${"x".repeat(192)}${secret}`, { cellId: `${"x".repeat(192)}${secret}${"y".repeat(300)}` });
  });
  assert.doesNotMatch(text, /abcdefgh/);
});

Deno.test("createStderrLogger() does not shorten names and reasons of a usual length", () => {
  const fields = { model: `hf.co/${"m".repeat(190)}`, reason: "because ".repeat(200).trim() };
  const line = written({ format: "json" }, (logger) => logger.info("attached", fields));
  const { model, reason } = JSON.parse(line);
  assert.deepEqual({ model, reason }, fields);
});
