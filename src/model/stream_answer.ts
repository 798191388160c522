/**
 * Sends one attempt at a request and reads the answer, watched for silence.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { ModelEvent } from "../execution/model.ts";
import type { Logger } from "../logger.ts";
import type { ApiAdapter } from "./api_adapter.ts";
import { ObservedResponse } from "./observed_response.ts";
import type { OpenAIPackage } from "./openai_package.ts";
import type { RequestAttempt } from "./request_attempt.ts";
import { readErrorLine } from "./stream_errors.ts";
import { Watchdog } from "./watchdog.ts";

/** What an answer is read with. */
export interface StreamAnswerOptions extends OpenAIPackage {
  /** Measures silence. */
  clock: Clock;
  /** Receives what goes on. */
  logger: Logger;
  /** The longest wait for the first byte of an answer, in milliseconds. */
  firstByteTimeoutMs: number;
  /** The longest silence in the middle of an answer, in milliseconds. */
  stallTimeoutMs: number;
  /** Aborts the request. */
  signal: AbortSignal;
}

/** How long a finished answer is waited on for its cost and its end, in milliseconds: they follow at once or not at all. */
const TRAILER_TIMEOUT_MS = 1_000;

/**
 * Sends the body of an attempt, and yields the answer while it arrives.
 *
 * @param attempt what is sent, and what reads the answer
 * @param adapter the interface that is spoken
 * @param options the client, the limits and the signal
 * @throws the signal's reason, when the request is aborted; whatever else ends the answer
 */
export async function* streamAnswer(
  attempt: RequestAttempt,
  adapter: ApiAdapter,
  { client, Stream, clock, logger, firstByteTimeoutMs, stallTimeoutMs, signal }: StreamAnswerOptions,
): AsyncGenerator<ModelEvent> {
  const { controller, reader } = attempt;
  const abort = () => controller.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", abort, { once: true });
  const watchdog = new Watchdog(clock, (limitMs) => controller.abort(attempt.stalled(limitMs)));
  const startedAt = clock.now();
  try {
    watchdog.start(firstByteTimeoutMs);
    const response = await adapter.send(client, attempt.body, controller.signal);
    let phase: "waiting" | "receiving" | "trailing" = "waiting";
    let isDone = false;
    const observed = attempt.observed = new ObservedResponse(response, {
      onRead: () => {
        // The first read goes on with the wait that began with the request; all that follow the finish share one wait.
        const isOver = isDone || reader.finished;
        if (phase !== "waiting" && !isOver) {
          phase = "receiving";
          watchdog.start(stallTimeoutMs);
        } else if (phase === "receiving") {
          phase = "trailing";
          watchdog.start(TRAILER_TIMEOUT_MS);
        }
      },
      onReadEnd: () => {
        if (phase === "trailing") return;
        if (phase === "waiting") logger.debug("First bytes", { ms: clock.now() - startedAt });
        phase = "receiving";
        watchdog.stop();
      },
    });
    try {
      for await (const chunk of Stream.fromSSEResponse(observed.response, follower(controller.signal), client)) {
        yield* reader.read(chunk);
      }
      controller.signal.throwIfAborted();
      isDone = observed.isDone;
      if (!reader.begun) {
        yield* reader.read(observed.json);
        isDone ||= reader.begun;
      }
      await observed.drain();
    } catch (error) {
      if (!(isDone || reader.finished) || signal.aborted) throw error;
      logger.debug("The connection failed after the answer was complete", { message: String(error) });
    }
    const failure = isDone || reader.finished ? undefined : readErrorLine(observed.tail);
    if (failure !== undefined) throw failure;
    yield* reader.end(isDone);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    watchdog.stop();
    signal.removeEventListener("abort", abort);
    controller.abort();
  }
}

/** A controller for the package's decoder, which aborts it on every error and would hide our own reason. */
function follower(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  return controller;
}
