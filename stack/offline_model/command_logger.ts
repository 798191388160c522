/**
 * The log of a command that runs the offline model, as lines on stderr.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import { createStderrLogger } from "../../src/cli/stderr_logger.ts";
import type { Logger } from "../../src/logger.ts";

/** Makes a logger for what the offline model does besides answering, such as fetching packages. */
export function commandLogger(): Logger {
  return createStderrLogger({
    level: "info",
    format: "text",
    secrets: [],
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
    clock: systemClock,
  });
}
