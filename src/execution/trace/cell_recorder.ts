/**
 * Records the exchange of a cell with the model.
 *
 * @module
 */

import { ModelError, type ModelErrorKind } from "../../errors.ts";
import { type Clock, systemClock } from "../../async/clock.ts";
import type { ModelRequest } from "../model.ts";
import type { UsageMeter, UsageTotal } from "../usage_meter.ts";
import {
  type AskedWhy,
  type CellTrace,
  MAX_TRACED_CELL,
  MAX_TRACED_REQUESTS,
  MAX_TRACED_TEXT,
  type TracedCell,
  type TracedRequest,
  type TracedTurn,
} from "./cell_trace.ts";
import { RequestRecorder } from "./request_recorder.ts";
import { type NewTurn, NewTurns } from "./new_turns.ts";
import { beginningOf, hintsOf } from "./turn_hints.ts";

/** Receives the record of a cell. */
export interface CellTracing {
  /** Called with the record when the cell has ended in any way. It must not throw. */
  take(trace: CellTrace): void;
  /** Creates a function that hides secrets in a text. `secrets` are further ones: passwords that were typed. */
  redactor(secrets: readonly string[]): (text: string) => string;
  /** The recorded cell. Default: not a cell of a notebook. */
  cell?: TracedCell;
  /** Measures the times. Default: the system clock. */
  clock?: Clock;
}

export interface CellRecorderOptions {
  tracing: CellTracing;
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** The cell's code, or the question of an AI cell, as it is sent. */
  code: string;
  /** The model's name. */
  model: string;
  meter: UsageMeter;
  /** Passwords that were typed for earlier cells. */
  passwords: readonly string[];
}

/** The end of a cell: its result or the thrown error. */
export type RecordedEnd =
  | { status: "success" | "error"; error?: string; failure?: ModelErrorKind }
  | { thrown: unknown; isInterrupted: boolean };

/** Replaces the answer with a password in a record. */
const HIDDEN_ANSWER = JSON.stringify({ typed: "[hidden]" });

export class CellRecorder {
  readonly #options: CellRecorderOptions;
  readonly #clock: Clock;
  readonly #startedAt: Date;
  readonly #started: number;
  /** The cost of the session before the cell. */
  readonly #earlier: UsageTotal;
  readonly #requests: RequestRecorder[] = [];
  readonly #turns = new NewTurns();
  readonly #passwords: string[];
  /** The exact texts in which the model received passwords. */
  readonly #passwordAnswers = new Set<string>();
  #leftOut = 0;
  #next: { why: AskedWhy; problem?: string } = { why: "cell" };

  constructor(options: CellRecorderOptions) {
    this.#options = options;
    this.#passwords = [...options.passwords];
    this.#clock = options.tracing.clock ?? systemClock;
    this.#startedAt = this.#clock.date();
    this.#started = this.#clock.now();
    this.#earlier = options.meter.total;
  }

  get hasAsked(): boolean {
    return this.#requests.length > 0;
  }

  /** Sets the reason for the next request. */
  askNext(why: AskedWhy, problem?: string): void {
    this.#next = { why, ...(problem !== undefined && { problem }) };
  }

  /** Hides a password that was typed for the cell. `answer` is the text in which the model receives it. */
  hidePassword(password: string, answer: string): void {
    this.#passwords.push(password);
    this.#passwordAnswers.add(answer);
  }

  /** Starts to record a request and its reply. */
  begin(request: ModelRequest): RequestRecorder {
    if (this.#requests.at(-1)?.isTooLong) {
      this.#next = { why: "too_long" };
      this.#turns.repeat();
    }
    const recorder = new RequestRecorder(request, this.#clock, this.#next, this.#turns.begin(request.messages));
    if (this.#requests.length < MAX_TRACED_REQUESTS) this.#requests.push(recorder);
    else this.#leftOut += 1;
    return recorder;
  }

  /** Ends the record and delivers it. */
  end(end: RecordedEnd): void {
    const { tracing, executionCount, model, meter } = this.#options;
    const redact = tracing.redactor(this.#passwords);
    let room = MAX_TRACED_CELL;
    const requests = this.#requests.map((request): TracedRequest => {
      const turns = request.turns().map((turn) => this.#trace(turn, redact, room));
      room -= turns.reduce((sum, { content }) => sum + content.length, 0);
      const traced = request.end(turns, redact, room);
      room -= traced.reply.reduce((sum, part) => sum + JSON.stringify(part).length, 0);
      const { usage } = traced;
      return usage === undefined ? traced : { ...traced, usage: { ...usage, ...meter.costOf(usage) } };
    });
    const begun = this.#requests.find(({ firstTokenAt }) => firstTokenAt !== undefined)?.firstTokenAt;
    tracing.take({
      startedAt: this.#startedAt.toISOString(),
      ...tracing.cell,
      ...(executionCount !== undefined && { executionCount }),
      model: redact(model),
      requests,
      ...(this.#leftOut > 0 && { requestsLeftOut: this.#leftOut }),
      usage: { ...meter.since(this.#earlier), ...reasoningOf(requests) },
      ...(begun !== undefined && { firstTokenMs: Math.round(begun - this.#started) }),
      totalMs: Math.round(this.#clock.now() - this.#started),
      ...endOf(end, redact),
    });
  }

  #trace({ role, content, isCell }: NewTurn, redact: (text: string) => string, room: number): TracedTurn {
    if (this.#passwordAnswers.has(content)) return { role, content: HIDDEN_ANSWER };
    const limit = Math.max(Math.min(room, MAX_TRACED_TEXT), 0);
    const text = redact(content);
    if (!isCell) return { role, content: text.slice(0, limit) };
    const code = redact(this.#options.code);
    const kept = text.slice(Math.min(beginningOf(text, code), Math.max(text.length - limit, 0)));
    const hints = hintsOf(kept, code).map((hint) => hint.slice(0, limit));
    return { role, content: kept.slice(0, limit), ...(hints.length > 0 && { hints }) };
  }
}

function reasoningOf(requests: readonly TracedRequest[]): { reasoning?: number } {
  const reasoning = requests.flatMap(({ usage }) => usage?.reasoning ?? []);
  return reasoning.length === 0 ? {} : { reasoning: reasoning.reduce((sum, tokens) => sum + tokens, 0) };
}

function endOf(
  end: RecordedEnd,
  redact: (text: string) => string,
): Pick<CellTrace, "ended" | "error" | "failure"> {
  if ("status" in end) {
    const { status, error, failure } = end;
    return { ended: status, ...(error !== undefined && { error: redact(error) }), ...(failure && { failure }) };
  }
  const { thrown, isInterrupted } = end;
  if (isInterrupted) return { ended: "interrupted" };
  const failure = thrown instanceof ModelError ? { failure: thrown.kind } : {};
  return { ended: "failed", error: redact(thrown instanceof Error ? thrown.message : String(thrown)), ...failure };
}
