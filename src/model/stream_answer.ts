/**
 * Sends one attempt at a request and reads the answer, watched for silence.
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
import { ToldWait } from "./told_wait.ts";
import { Watchdog } from "./watchdog.ts";

/** What an answer is read with. */
export interface StreamAnswerOptions extends OpenAIPackage {
  /** Measures silence. */
  clock: Clock;
  /** Receives what goes on. */
  logger: Logger;
  /** The longest silence before the model says something, in milliseconds. */
  firstByteTimeoutMs: number;
  /** The longest silence in the middle of an answer, in milliseconds. */
  stallTimeoutMs: number;
  /** Aborts the request. */
  signal: AbortSignal;
  /** Told of what the model thinks, and which model answers. Default: nobody is. */
  observer?: RequestObserver;
}

/** How long a finished answer is waited on for its cost and its end, in milliseconds: they follow at once or not at all. */
const TRAILER_TIMEOUT_MS = 1_000;

/**
 * How long signs of life are believed, in milliseconds: a model that reasons, or a server that reads a long prompt, says something after
 * minutes, and nothing else would end a server that only says that it is there.
 */
const MAX_WORDLESS_MS = 3_600_000;

/** From how long a wait for the answer's beginning is told, in milliseconds: hosted models begin sooner, and a person begins to wonder. */
const TELLING_SILENCE_MS = 10_000;

/**
 * Sends the body of an attempt, and yields the answer while it arrives. Whatever arrives, also a comment, is a sign of life, for
 * {@linkcode MAX_WORDLESS_MS} at most.
 *
 * @param attempt what is sent, and what reads the answer
 * @param adapter the interface that is spoken
 * @param options the client, the limits and the signal
 * @throws the signal's reason, when the request is aborted; whatever else ends the answer
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
  const tell = (event: unknown) => {
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
  const beginning = new ToldWait(clock, TELLING_SILENCE_MS, () => attempt.describeSilence(clock.now() - startedAt));
  try {
    watchdog.start(firstByteTimeoutMs);
    const response = yield* beginning.during(adapter.send(client, attempt.body, controller.signal));
    let isSilent = true;
    let spokeAt = startedAt;
    let isTrailing = false;
    let isDone = false;
    const observed = attempt.observed = new ObservedResponse(response, {
      onRead: () => {
        // All reads that follow the finish share one wait.
        if (isTrailing) return;
        isTrailing = isDone || reader.finished;
        watchdog.start(isTrailing ? TRAILER_TIMEOUT_MS : attempt.isSpeaking ? stallTimeoutMs : firstByteTimeoutMs);
      },
      onReadEnd: () => {
        if (isTrailing) return;
        if (isSilent) logger.debug("First bytes", { ms: clock.now() - startedAt });
        isSilent = false;
        watchdog.stop();
        if (clock.now() - spokeAt > MAX_WORDLESS_MS) controller.abort(attempt.wordless(MAX_WORDLESS_MS));
      },
    });
    // The package holds the signal by weak references. Should they be collected first, the body would stay open: it is closed here too.
    controller.signal.addEventListener("abort", () => void observed.cancel(), { once: true });
    try {
      const events = readEventStream(() => observed.read());
      while (true) {
        const next = yield* beginning.during(events.next());
        if (next.done) {
          isDone = next.value;
          break;
        }
        tell(next.value);
        for (const event of reader.read(next.value)) {
          attempt.isSpeaking = true;
          spokeAt = clock.now();
          yield event;
        }
        if (reader.begun) beginning.end();
      }
      if (!reader.begun) {
        tell(observed.json);
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
