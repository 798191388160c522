/**
 * A model behind one of OpenAI's interfaces, on OpenAI's own server or a compatible one.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "../execution/model.ts";
import type { ObservedRequest } from "../execution/observed_request.ts";
import { type Logger, silentLogger } from "../logger.ts";
import { apiAdapters } from "./api_adapter.ts";
import { type FormMemory, processMemory } from "./form_memory.ts";
import { secretsOf } from "../options/secrets_of.ts";
import type { ApiSetting } from "../options/settings.ts";
import { firstForm } from "./first_form.ts";
import { FormSearch } from "./form_search.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import { ANNOUNCE_WAIT_MS, awaitPermit } from "./await_permit.ts";
import { delay } from "../async/delay.ts";
import { type ModelEndpoint, RequestAttempt } from "./request_attempt.ts";
import { describeFailure } from "./failure/describe_failure.ts";
import type { FailedAttempt, Failure } from "./failure/failed_attempt.ts";
import { loadOpenAI, type OpenAIPackage } from "./openai_package.ts";
import { describeForm, describeSent, isSameForm, type RequestForm, withShape } from "./request_form.ts";
import { RequestLimiter } from "../async/request_limiter.ts";
import { LOADING_LIMIT_MS, RetryPlan } from "./retry.ts";
import { isAuthorized, type ServerAccess, serverUrl } from "./server_access.ts";
import { documentedContext } from "./servers/documented_context.ts";
import { streamAnswer } from "./stream_answer.ts";
import { skipRepeatedWaits } from "./announced_wait.ts";

export interface OpenAIModelOptions extends ServerAccess {
  /** The model's name: `gpt-4o-mini`. */
  model: string;
  /** The longest silence of the server before the model's first words, in milliseconds. */
  firstByteTimeoutMs: number;
  /** The longest silence in the middle of an answer, in milliseconds. */
  stallTimeoutMs: number;
  /** Limits the requests that are in flight at a time. Default: no limit. */
  limiter?: RequestLimiter;
  /** Receives warnings and debug messages. Default: silent. */
  logger?: Logger;
  /** Default: the system's. */
  clock?: Clock;
  /** Which of OpenAI's interfaces to use. Default: `auto`, the one that the server accepts. */
  api?: ApiSetting;
  /** Remembers how servers take requests. Default: {@linkcode processMemory}. */
  memory?: FormMemory;
  /** How many tokens the model reads. Default: the number that its server or OpenAI's documentation gives. */
  contextLength?: number;
  /** Called before each request, to learn more about the server. Default: nothing. */
  prepare?: (signal: AbortSignal) => Promise<void>;
  /** Returns a number from 0 to 1, for the jitter of retries. Default: `Math.random`. */
  random?: () => number;
}

export class OpenAIModel implements Model {
  readonly name: string;
  readonly #options: OpenAIModelOptions;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #limiter: RequestLimiter;
  readonly #endpoint: Omit<ModelEndpoint, "address">;
  readonly #memory: FormMemory;
  #hasMadeSeveralCalls = false;
  /** Whether the server had neither interface at the last request. Then only the first one is tried, which may exist by now. */
  #hasNoInterface = false;
  #package: Promise<OpenAIPackage> | undefined;

  /**
   * Sets the model up; nothing is loaded or sent yet.
   *
   * @throws {TypeError} when the base URL is not a valid URL
   */
  constructor(options: OpenAIModelOptions) {
    this.name = options.model;
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#clock = options.clock ?? systemClock;
    this.#limiter = options.limiter ?? new RequestLimiter(0);
    this.#memory = options.memory ?? processMemory;
    const { host } = new URL(options.baseUrl);
    const secrets = secretsOf(options);
    this.#endpoint = { host, model: options.model, secrets, isAuthorized: isAuthorized(options) };
  }

  /** The form of requests, as far as it is known. */
  get form(): RequestForm {
    const { baseUrl, model, api = "auto" } = this.#options;
    return this.#memory.recall(baseUrl, model) ?? firstForm(baseUrl, api);
  }

  /**
   * Whether the model makes one call per reply: its form says so, and it has not made several yet. A server may accept
   * `parallel_tool_calls` without knowing it.
   */
  get oneCallAReply(): boolean {
    const { parallelCalls, without } = this.form;
    return !this.#hasMadeSeveralCalls && (!parallelCalls || without.has("parallel_tool_calls"));
  }

  /** How many tokens the model reads, request and answer together; `undefined` if it is not known. */
  get contextLength(): number | undefined {
    const { baseUrl, model, contextLength } = this.#options;
    return contextLength ?? this.#memory.recallContext(baseUrl, model) ?? documentedContext(baseUrl, model);
  }

  /** Loads the openai package, so that the first request does not have to wait for it. */
  async warmUp(): Promise<void> {
    await this.#load();
  }

  /**
   * Sends a request when the limiter allows it, and yields the answer while it arrives. A request that fails before the answer begins
   * is retried, up to twice, or for as long as the server is loading its model. A request that is refused because of its form is
   * repeated in another form, and the form that the server accepts is kept.
   *
   * @throws {ModelError} when there is no answer, or only a part of one
   * @throws the signal's reason, immediately, when the request is aborted; the connection is closed
   */
  stream(request: ObservedRequest): AsyncGenerator<ModelEvent> {
    return skipRepeatedWaits(this.#ask(request));
  }

  async *#ask(request: ObservedRequest): AsyncGenerator<ModelEvent> {
    await this.#options.prepare?.(request.signal);
    const { form: known } = this;
    const search = new FormSearch(
      request.callsAsText === true ? withShape(known, { calls: "text" }) : known,
      this.#hasNoInterface ? known.api : this.#options.api ?? "auto",
    );
    const plan = new RetryPlan(this.#clock, this.#options.random ?? Math.random);
    const failed = new Map<unknown, FailedAttempt>();
    let logged = "";
    while (true) {
      request.signal.throwIfAborted();
      const { form } = search;
      const adapter = apiAdapters[form.api];
      const body = adapter.toBody(this.name, request, form);
      const attempt = new RequestAttempt(body, adapter.makeReader(request), {
        ...this.#endpoint,
        address: serverUrl(this.#options.baseUrl, adapter.path).href,
      });
      let delayMs: number | undefined;
      let retryReason = "";
      // Each attempt acquires a permit, so that other requests can run while this one waits for its retry.
      const permit = yield* awaitPermit(this.#limiter, this.#clock, request.signal);
      try {
        request.observer?.onSend(describeSent(this.name, request, form));
        yield* streamAnswer(attempt, adapter, {
          ...await this.#load(),
          ...this.#options,
          clock: this.#clock,
          logger: this.#logger,
          signal: request.signal,
          observer: request.observer,
        });
        return;
      } catch (error) {
        request.signal.throwIfAborted();
        failed.set(error, attempt.describe());
        if (!attempt.reader.begun && search.advance(error, body)) {
          this.#logger.debug("The model server refuses the request; trying another form", {
            form: describeForm(search.form),
          });
          request.observer?.onRetry(describeFailure(adapter.toFailure(error), attempt.describe()).error.message);
          continue;
        }
        this.#hasNoInterface = search.hasNoInterface(error);
        const reported = search.errorToReport(error);
        const failure = describeFailure(adapter.toFailure(reported), failed.get(reported) ?? attempt.describe());
        if (!attempt.reader.begun) delayMs = plan.delayAfter(failure);
        this.#keepContext(failure.error.contextLength);
        if (delayMs === undefined) throw failure.error;
        retryReason = describeRetry(failure, delayMs);
        if (!failure.isPassing || retryReason !== logged) this.#logRetry(failure, retryReason, delayMs);
        logged = retryReason;
        request.observer?.onRetry(retryReason);
      } finally {
        permit.release();
        this.#hasMadeSeveralCalls ||= attempt.reader.calls > 1;
        if (attempt.reader.begun) this.#hasNoInterface = false;
        if (attempt.reader.begun && request.callsAsText !== true) this.#keep(form, request);
      }
      if (delayMs >= ANNOUNCE_WAIT_MS) yield { type: "waiting", reason: retryReason };
      await delay(this.#clock, delayMs, request.signal);
    }
  }

  /** Stores a form that the server has answered, and logs it once. A request without tools does not show how to write calls. */
  #keep(answered: RequestForm, { tools }: ModelRequest): void {
    const form = tools.length > 0 ? answered : withShape(answered, { calls: this.form.shape.calls });
    if (isSameForm(form, this.form)) return;
    this.#memory.keep(this.#options.baseUrl, this.name, form);
    this.#logger.info("learned which form of requests the model server accepts", { form: describeForm(form) });
  }

  /** Logs a retry. If the server cannot be reached, only the last failure is reported above the level `debug`. */
  #logRetry({ error: { kind, status } }: Failure, message: string, delayMs: number): void {
    const level = kind === "unreachable" && status === undefined ? "debug" : "warn";
    this.#logger[level]("The model request failed and is sent again", { message, delayMs: Math.round(delayMs) });
  }

  /** Stores the context length that a refusal names, if it is smaller than the known one. */
  #keepContext(tokens = Infinity): void {
    const { baseUrl, model } = this.#options;
    const known = this.#memory.recallContext(baseUrl, model) ?? Infinity;
    if (tokens < known) this.#memory.keepContext(baseUrl, model, tokens);
  }

  #load(): Promise<OpenAIPackage> {
    this.#package ??= loadOpenAI(this.#options);
    return this.#package;
  }
}

/** Says why and when a request is retried. Leaves out the advice to run the cell again. */
function describeRetry({ error, isPassing, retryAfterMs }: Failure, delayMs: number): string {
  const what = error.message.replace(/ Run the cell again[^.]*\./, "");
  const limit = isPassing ? `, for up to ${LOADING_LIMIT_MS / 60_000} minutes` : "";
  const when = isPassing && retryAfterMs === undefined ? "every few seconds" : `in ${Math.ceil(delayMs / 1000)} s`;
  return `${what} It is asked again ${when}${limit}.`;
}
