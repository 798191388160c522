import assert from "node:assert/strict";
import { Effect, FiberRef, HashSet, Logger as EffectLogger, LogLevel } from "@livestore/utils/effect";
import { silentLogger } from "../../../src/logger.ts";
import { effectLogger } from "../../../src/notebook/livestore/effect_logger.ts";
import { LocalLog } from "./local_log.ts";
import { openNotes } from "./open_notes.ts";

/** Returns a logger and the lines that it has logged. */
function rememberingLogger() {
  const lines: string[] = [];
  const logAt = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return {
    lines,
    logger: { debug: logAt("debug"), info: logAt("info"), warn: logAt("warn"), error: logAt("error") },
  };
}

Deno.test("an error of LiveStore is logged as a warning, and its other messages at debug level", async () => {
  const { lines, logger } = rememberingLogger();
  const logging = Effect.all([
    Effect.logFatal("fatal"),
    Effect.logError("error"),
    Effect.logWarning("warning"),
    Effect.logInfo("info"),
    Effect.logDebug("debug"),
  ]);
  await Effect.runPromise(
    logging.pipe(EffectLogger.withMinimumLogLevel(LogLevel.All), Effect.provide(effectLogger(logger))),
  );
  assert.deepEqual(lines, [
    "warn: LiveStore: fatal",
    "warn: LiveStore: error",
    "debug: LiveStore: warning",
    "debug: LiveStore: info",
    "debug: LiveStore: debug",
  ]);
});

Deno.test("the parts of a log message are joined into one line", async () => {
  const { lines, logger } = rememberingLogger();
  await Effect.runPromise(Effect.logError("pushed", 3, true).pipe(Effect.provide(effectLogger(logger))));
  assert.deepEqual(lines, ["warn: LiveStore: pushed 3 true"]);
});

Deno.test("effectLogger() removes the logger that writes to the console", async () => {
  const loggers = FiberRef.get(FiberRef.currentLoggers).pipe(Effect.provide(effectLogger(silentLogger)));
  assert.equal(HashSet.has(await Effect.runPromise(loggers), EffectLogger.defaultLogger), false);
});

Deno.test("the error that makes LiveStore end a store is logged", async () => {
  const { lines, logger } = rememberingLogger();
  const log = new LocalLog();
  const notes = await openNotes({
    backend: log.connect(),
    logger,
    onNote: () => {
      throw new Error("no notes, please");
    },
  });
  log.write("a");
  await notes.ended;
  assert.match(lines.join("\n"), /^warn: LiveStore: .*no notes, please/m);
});
