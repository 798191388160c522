/**
 * Runs a real cell and judges the model's answer.
 *
 * @module
 */

import { ModelError, type ModelErrorKind, RefusedError } from "../errors.ts";
import { cellSettingNames, pickCellSettings } from "../execution/cell_settings.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import { executeCell } from "../execution/execute_cell.ts";
import { isModelFailure } from "../execution/model_failure.ts";
import { notesIn, withoutNotes } from "../execution/notes.ts";
import { UsageMeter, type UsageTotal } from "../execution/usage_meter.ts";
import { OpenAIModel } from "../model/openai_model.ts";
import type { ServerAccess } from "../model/server_access.ts";
import { describeForm, type RequestForm } from "../model/request_form.ts";
import type { ServerLearner } from "../model/servers/server_learner.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { CellOutputs } from "../shell/cell_outputs.ts";
import { formatDollars } from "../execution/price.ts";
import { priceOf } from "../options/model_prices.ts";
import { CheckFailedError, type CheckResult, fail, ok, warn } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { capModelTimeout } from "./cap_timeout.ts";
import { ObservedModel } from "./observed_model.ts";
import type { TrialQuestion } from "./trial_question.ts";

/** The settings that a cell depends on. */
export const trialCellSettings = [
  "model",
  "baseUrl",
  "api",
  "contextLength",
  ...cellSettingNames,
  "maxTokensPerSession",
  "price",
  "maxCostPerSession",
  "firstByteTimeout",
  "stallTimeout",
] as const satisfies readonly (keyof AIPythonSettings)[];

/**
 * The context length below which there is almost no room for earlier cells, in tokens. The shortest request without them takes 1,400, and
 * a quarter of the context is reserved for the answer.
 */
const LEAST_CONTEXT = 4_096;

/** A cell that has run, and the properties of its answer. */
export interface TrialCell {
  question: TrialQuestion;
  /** The outcome and the outputs of the cell. */
  cell: { error?: string; outputs: readonly CellOutput[]; usage: UsageTotal };
  answer: Pick<ObservedModel, "beganAfterMs" | "prose" | "calls" | "pieces" | "failure">;
  /** The time until the end of the answer, in milliseconds. */
  doneAfterMs: number;
  form: RequestForm;
  /** The number of tokens that the model can read; absent if it is not known. */
  contextLength?: number;
}

/**
 * Runs the cell in the same way as every other cell.
 *
 * @param settings the settings of the cell; waits for a hosted model are limited to 15 s
 * @param learner asks the model server for facts that it knows only after it has loaded its model
 * @throws the signal's reason when it is aborted
 */
export async function runTrialCell(
  question: TrialQuestion,
  settings: ServerAccess & Pick<AIPythonSettings, typeof trialCellSettings[number]>,
  learner: Pick<ServerLearner, "beforeRequest">,
  { clock, logger, signal }: Pick<CheckContext, "clock" | "logger" | "signal">,
): Promise<TrialCell> {
  const model = new OpenAIModel({
    ...settings,
    firstByteTimeoutMs: capModelTimeout(settings.firstByteTimeout) * 1000,
    stallTimeoutMs: capModelTimeout(settings.stallTimeout) * 1000,
    logger,
    clock,
    prepare: (signal) => learner.beforeRequest(signal),
  });
  await model.warmUp();
  const startedAt = clock.now();
  const elapsed = () => Math.round(clock.now() - startedAt);
  const answer = new ObservedModel(model, elapsed);
  const context = new CellOutputs({ logger });
  const meter = new UsageMeter(settings, priceOf(settings));
  const { error } = await executeCell({
    ...pickCellSettings(settings),
    model: answer,
    context,
    code: question.code,
    history: question.history,
    executionCount: question.history.length + 1,
    cacheKey: `aipython-check-${crypto.randomUUID()}`,
    meter,
    signal,
    logger,
  });
  const cell = { error, outputs: context.outputs, usage: meter.total };
  const { form, contextLength } = model;
  return { question, cell, answer, doneAfterMs: elapsed(), form, contextLength };
}

/**
 * Judges the answer.
 *
 * @param quote sanitizes the model's text so that it can be shown
 */
export function judgeTrialCell(trial: TrialCell, quote: (text: string) => string): CheckResult {
  const { question: { name, code, result, remedy }, cell, answer, doneAfterMs, form, contextLength } = trial;
  const { requests, input, output, cost = null } = cell.usage;
  const details = {
    beganAfterMs: answer.beganAfterMs ?? null,
    doneAfterMs,
    requests,
    inputTokens: input,
    outputTokens: output,
    cost,
    contextLength: contextLength ?? null,
    pieces: answer.pieces,
    api: form.api,
    form: describeForm(form),
  };
  if (cell.outputs.some(isModelFailure)) {
    const { failure, remedy } = judgeFailure(trial, quote);
    return fail(name, failure, remedy, details);
  }
  const hasPast = trial.question.history.length > 0;
  const notes = notesIn(cell.outputs).map((note) => note.replace(/\.$/, ""));
  const outputs = withoutNotes(cell.outputs);
  if (!isRight(outputs, result)) {
    const shown = quote(outputs.map(describeOutput).join(" ")) || "nothing";
    const message = `the model answered ${code} with ${shown}, not with Out: ${result}`;
    const isTooSmall = hasPast && contextLength !== undefined && contextLength < LEAST_CONTEXT;
    const advice = isTooSmall
      ? `Give the model a larger context: it reads ${contextLength} tokens, and earlier cells need ${LEAST_CONTEXT}`
      : remedy;
    return warn(name, message, [...notes, advice].join("\n"), details);
  }
  const times = `first word after ${seconds(answer.beganAfterMs ?? 0)}, all after ${seconds(doneAfterMs)}`;
  const asked = requests === 1 ? "" : ` in ${requests} requests`;
  const past = hasPast ? ", as earlier cells have shown" : "";
  const sum = cost === null ? "" : `, ${formatDollars(cost)}`;
  const message = `${code} gives Out: ${result}${past}${asked}, ${times}, ${input} tokens in, ${output} out${sum}`;
  const reads = contextLength === undefined ? "" : `, it reads up to ${contextLength}`;
  const whole = `${message}${reads}${describeChangedForm(form)}`;
  return notes.length === 0 ? ok(name, whole, details) : warn(name, whole, notes.join("\n"), details);
}

/** The outcome of the answer, by the kind of the model's error. */
const outcomes: Record<ModelErrorKind, string> = {
  unreachable: "the connection failed",
  refused: "the API key is refused",
  rate_limited: "there are too many requests, or the quota is used up",
  bad_request: "the request is rejected",
  too_long: "the request is longer than what the model reads",
  server_error: "the server failed",
  not_a_completion: "the answer is not that of a model",
  cut: "the answer broke off",
  stalled: "the server is silent for too long",
  length: "the answer reached its length limit",
  content_filter: "a filter stopped the answer",
  invalid_answer: "the answer is invalid",
  session_limit: "the token limit is reached",
};

/** Describes the form of the request; empty for the default form. */
function describeChangedForm(form: RequestForm): string {
  const change = describeForm(form);
  return change === "" ? "" : `, asked with ${change}`;
}

function judgeFailure(
  { question, cell: { error }, answer: { failure, calls, prose } }: TrialCell,
  quote: (text: string) => string,
): { failure: Error; remedy: string } {
  if (failure instanceof ModelError) {
    const message = `${question.code} is not answered: ${outcomes[failure.kind]}`;
    // The server's words in the message are already sanitized.
    const remedy = failure.message.replace("Run the cell again", "Check again")
      .replace("run the cell again", "check again").replace(/\.$/, "");
    if (failure.kind === "refused") return { failure: new RefusedError("model", message, { cause: failure }), remedy };
    return { failure: new CheckFailedError(message, { cause: failure }), remedy };
  }
  const remedy = "Choose a model that is good at calling tools, or try --tool-mode sequential (AIPYTHON_TOOL_MODE)";
  if (calls === 0 && prose.trim() === "") {
    return { failure: new CheckFailedError(`the model answers ${question.code} with nothing`), remedy };
  }
  if (calls === 0) {
    return {
      failure: new CheckFailedError(`the model answers in prose instead of tool calls: "${quote(prose)}"`),
      remedy,
    };
  }
  return { failure: new CheckFailedError(`the model's calls are not valid: ${quote(error ?? "")}`), remedy };
}

function isRight(outputs: readonly CellOutput[], result: string): boolean {
  const [output, ...more] = outputs;
  return more.length === 0 && output?.type === "execute_result" && output.data["text/plain"] === result;
}

/** Writes an output on one line. */
function describeOutput(output: CellOutput): string {
  switch (output.type) {
    case "stream":
      return `${output.name}: ${output.text}`;
    case "error":
      return `${output.ename}: ${output.evalue}`;
    case "execute_result":
      return `Out: ${output.data["text/plain"] ?? Object.keys(output.data).join(", ")}`;
    case "display_data":
      return `a display of ${Object.keys(output.data).join(", ")}`;
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
