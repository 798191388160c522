/**
 * Sends one attempt at a request and reads the answer. Aborts the attempt if the server is silent for too long.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { ModelEvent } from "../execution/model.ts";
import type { RequestObserver } from "../execution/observed_request.ts";
import type { Logger } from "../logger.ts";
import { readAnsweringModel } from "./answering_model.ts";
import type { ApiAdapter } from "./api_adapter.ts";
import { readEventStream } from "./event_stream.ts";
import { ObservedResponse } from "./observed_response.ts";
import type { OpenAIPackage } from "./openai_package.ts";
import type { RequestAttempt } from "./request_attempt.ts";
import { ThoughtReader } from "./thought_reader.ts";
import { AnnouncedWait } from "./announced_wait.ts";
import { Watchdog } from "./watchdog.ts";

/** The client, the limits and the observers of an attempt. */
export interface StreamAnswerOptions extends OpenAIPackage {
  clock: Clock;
  logger: Logger;
  /** The longest silence of the server before the model's first words, in milliseconds. */
  firstByteTimeoutMs: number;
  /** The longest silence of the server in the middle of an answer, in milliseconds. */
  stallTimeoutMs: number;
  signal: AbortSignal;
  /** Receives the model's thoughts, and the name of the model that answers. */
  observer?: RequestObserver;
}

/** The longest wait for the token usage after a finished answer, in milliseconds. It follows at once or not at all. */
const TRAILER_TIMEOUT_MS = 1_000;

/**
 * The longest wait for an event of the answer while the server sends only keep-alive messages, in milliseconds. A model that reasons, or
 * a server that reads a long prompt, sends an event after minutes. Without this limit such an attempt could last forever.
 */
const MAX_KEEP_ALIVE_MS = 3_600_000;

/** A wait for the answer's beginning is announced after this time, in milliseconds. Hosted models begin sooner. */
const ANNOUNCE_SILENCE_MS = 10_000;

/**
 * Sends the body of an attempt, and yields the answer while it arrives. Any bytes from the server, such as a comment, restart the
 * timeouts, for {@linkcode MAX_KEEP_ALIVE_MS} at most.
 *
 * @throws the signal's reason, when the request is aborted; otherwise the error that ended the answer
 */
export async function* streamAnswer(
  attempt: RequestAttempt,
  adapter: ApiAdapter,
  { client, clock, logger, firstByteTimeoutMs, stallTimeoutMs, signal, observer }: StreamAnswerOptions,
): AsyncGenerator<ModelEvent> {
  const { controller, reader } = attempt;
  const abort = () => controller.abort(signal.reason);
  const thoughts = new ThoughtReader();
  let isNamed = false;
  const report = (event: unknown) => {
    if (observer === undefined) return;
    const thought = thoughts.read(event);
    if (thought !== "") observer.onThought(thought);
    const name = isNamed ? undefined : readAnsweringModel(event);
    if (name !== undefined) observer.onModel?.(name);
    isNamed ||= name !== undefined;
  };
  signal.throwIfAborted();
  signal.addEventListener("abort", abort, { once: true });
  const watchdog = new Watchdog(clock, (limitMs) => controller.abort(attempt.stalled(limitMs)));
  const startedAt = clock.now();
  const beginning = new AnnouncedWait(
    clock,
    ANNOUNCE_SILENCE_MS,
    () => attempt.describeSilence(clock.now() - startedAt),
  );
  try {
    watchdog.start(firstByteTimeoutMs);
    const response = yield* beginning.during(adapter.send(client, attempt.body, controller.signal));
    let isSilent = true;
    let spokeAt = startedAt;
    let isTrailing = false;
    let isDone = false;
    const observed = attempt.observed = new ObservedResponse(response, {
      onRead: () => {
        // All reads after the end of the answer share one timeout.
        if (isTrailing) return;
        isTrailing = isDone || reader.finished;
        watchdog.start(isTrailing ? TRAILER_TIMEOUT_MS : attempt.isSpeaking ? stallTimeoutMs : firstByteTimeoutMs);
      },
      onReadEnd: () => {
        if (isTrailing) return;
        if (isSilent) logger.debug("First bytes", { ms: clock.now() - startedAt });
        isSilent = false;
        watchdog.stop();
        if (clock.now() - spokeAt > MAX_KEEP_ALIVE_MS) controller.abort(attempt.onlyKeepAlive(MAX_KEEP_ALIVE_MS));
      },
    });
    // The package holds the signal by weak references. If they are collected first, the body stays open, so it is closed here too.
    controller.signal.addEventListener("abort", () => void observed.cancel(), { once: true });
    try {
      const events = readEventStream(() => observed.read());
      while (true) {
        const next = yield* beginning.during(events.next());
        if (next.done) {
          isDone = next.value;
          break;
        }
        report(next.value);
        for (const event of reader.read(next.value)) {
          attempt.isSpeaking = true;
          spokeAt = clock.now();
          yield event;
        }
        if (reader.begun) beginning.end();
      }
      if (!reader.begun) {
        report(observed.json);
        yield* reader.read(observed.json);
        isDone ||= reader.begun;
      }
      await observed.drain();
    } catch (error) {
      if (!(isDone || reader.finished) || signal.aborted) throw error;
      logger.debug("The connection failed after the answer was complete", { message: String(error) });
    }
    yield* reader.end(isDone);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    beginning.end();
    watchdog.stop();
    signal.removeEventListener("abort", abort);
    controller.abort();
  }
}
