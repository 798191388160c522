/**
 * Runs the checks of `aipython check` for the model server and streams the results.
 *
 * @module
 */

import { type Clock, systemClock } from "../../../src/async/clock.ts";
import { type CheckResult, skipAll } from "../../../src/check/check_result.ts";
import { type CheckWords, describeCheck } from "../../../src/check/check_text.ts";
import { checkModelServer } from "../../../src/check/model_checks.ts";
import { createSanitizer } from "../../../src/check/sanitize_result.ts";
import { checkSettings } from "../../../src/check/settings_check.ts";
import { silentLogger } from "../../../src/logger.ts";
import type { CollectedSettings } from "../../../src/options/resolve_settings.ts";

/**
 * The interval of empty lines that keep the response alive, in milliseconds. It is shorter than the server's limit for a silent
 * response.
 */
const HEARTBEAT_MS = 20_000;

/** The checks of a model server. They are skipped if the settings are wrong. */
const SERVER_CHECKS = ["model-server", "api-key", "model", "exchange", "history"] as const;

/**
 * Checks settings and streams the results as lines of JSON, a {@linkcode CheckWords} each. An empty line keeps the response
 * alive.
 *
 * @param secrets texts that are removed from the results, because the server may repeat them
 * @param signal aborts the check; so does a reader that cancels
 * @param clock measures the pauses between empty lines. Default: the machine's clock
 */
export function streamCheck(
  collected: CollectedSettings,
  secrets: readonly string[],
  signal: AbortSignal,
  clock: Clock = systemClock,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = new AbortController();
  const givenUp = AbortSignal.any([signal, left.signal]);
  const { quote, sanitize } = createSanitizer(secrets);
  const encoder = new TextEncoder();
  let stopBeating = () => {};
  return new ReadableStream({
    start(controller) {
      const say = (line: string) => controller.enqueue(encoder.encode(`${line}\n`));
      const beat = () => {
        stopBeating = clock.setTimer(() => {
          say("");
          beat();
        }, HEARTBEAT_MS);
      };
      beat();
      const run = async () => {
        for await (const result of checkAll(collected, quote, givenUp, clock)) {
          givenUp.throwIfAborted();
          say(JSON.stringify(describeCheck(sanitize(result)) satisfies CheckWords));
        }
      };
      run().then(() => controller.close(), (error) => {
        if (!left.signal.aborted) controller.error(error);
      }).finally(() => stopBeating());
    },
    cancel() {
      stopBeating();
      left.abort(new Error("nobody reads what the check finds"));
    },
  });
}

async function* checkAll(
  collected: CollectedSettings,
  quote: (text: string) => string,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<CheckResult> {
  const { settings, origins, issues } = collected;
  yield checkSettings(collected);
  if (issues.some(({ option }) => option !== "apiKey")) {
    return yield* skipAll(SERVER_CHECKS, "the settings are missing or wrong");
  }
  const isModelChosen = origins.model?.source !== "default";
  yield* checkModelServer({ settings, isModelChosen, quote, logger: silentLogger, clock, signal });
}
