/**
 * Runs one real cell, `2 + 3`, and judges how the model answered it.
 *
 * @module
 */

import { ModelError, type ModelErrorKind, RefusedError } from "../errors.ts";
import { cellSettingNames } from "../execution/cell_settings.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import { isModelFailure } from "../execution/model_failure.ts";
import { OpenAIModel } from "../model/openai_model.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { InteractiveShell, type ShellCell } from "../shell/interactive_shell.ts";
import { CheckFailedError, type CheckResult, fail, ok, warn } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { capTimeout } from "./cap_timeout.ts";
import { ObservedModel } from "./observed_model.ts";

/** The cell: so small that a model which calls tools gets it right. */
const CODE = "2 + 3";

/** What IPython shows for it. */
const RESULT = "5";

/** The settings that a cell depends on. */
export const trialCellSettings = [
  "apiKey",
  "model",
  "baseUrl",
  ...cellSettingNames,
  "maxTokensPerSession",
  "firstByteTimeout",
  "stallTimeout",
] as const satisfies readonly (keyof AIPythonSettings)[];

/** A cell that has run, and what its answer was like. */
export interface TrialCell {
  /** How it ended and what it shows. */
  cell: Pick<ShellCell, "error" | "outputs" | "usage">;
  /** What the answer was like. */
  answer: Pick<ObservedModel, "beganAfterMs" | "prose" | "calls" | "pieces" | "failure">;
  /** When all of it was there, in milliseconds. */
  doneAfterMs: number;
}

/**
 * Runs the cell as every cell is run.
 *
 * @param settings what a cell depends on; no wait is longer than 15 s, whatever they say
 * @throws the signal's reason once it is aborted
 */
export async function runTrialCell(
  settings: Pick<AIPythonSettings, typeof trialCellSettings[number] | "organization" | "project">,
  { clock, logger, signal }: Pick<CheckContext, "clock" | "logger" | "signal">,
): Promise<TrialCell> {
  const model = new OpenAIModel({
    ...settings,
    firstByteTimeoutMs: capTimeout(settings.firstByteTimeout) * 1000,
    stallTimeoutMs: capTimeout(settings.stallTimeout) * 1000,
    logger,
    clock,
  });
  await model.warmUp();
  const startedAt = clock.now();
  const elapsed = () => Math.round(clock.now() - startedAt);
  const answer = new ObservedModel(model, elapsed);
  const shell = new InteractiveShell({
    ...settings,
    model: answer,
    cacheKey: `aipython-check-${crypto.randomUUID()}`,
    logger,
  });
  const cell = await shell.runCell(CODE, { signal });
  signal.throwIfAborted();
  return { cell, answer, doneAfterMs: elapsed() };
}

/**
 * Judges the answer.
 *
 * @param quote makes what the model said fit to be shown
 */
export function judgeTrialCell({ cell, answer, doneAfterMs }: TrialCell, quote: (text: string) => string): CheckResult {
  const { requests, input, output } = cell.usage;
  const details = {
    beganAfterMs: answer.beganAfterMs ?? null,
    doneAfterMs,
    requests,
    inputTokens: input,
    outputTokens: output,
    pieces: answer.pieces,
  };
  if (cell.outputs.some(isModelFailure)) {
    const { failure, remedy } = judgeFailure(cell, answer, quote);
    return fail("exchange", failure, remedy, details);
  }
  if (!isRight(cell.outputs)) {
    const shown = quote(cell.outputs.map(tell).join(" ")) || "nothing";
    const remedy = "Outputs are the model's guess: choose a larger one if it is often wrong";
    return warn("exchange", `the model answered ${CODE} with ${shown}, not with Out: ${RESULT}`, remedy, details);
  }
  const times = `first word after ${seconds(answer.beganAfterMs ?? 0)}, all after ${seconds(doneAfterMs)}`;
  const asked = requests === 1 ? "" : ` in ${requests} requests`;
  const message = `${CODE} gives Out: ${RESULT}${asked}, ${times}, ${input} tokens in, ${output} out`;
  return ok("exchange", message, details);
}

/** What became of the answer, by the kind of the model's error. */
const becameOf: Record<ModelErrorKind, string> = {
  unreachable: "the connection failed",
  refused: "the API key is refused",
  rate_limited: "there are too many requests, or the quota is used up",
  bad_request: "the request is rejected",
  server_error: "the server failed",
  not_a_completion: "the answer does not come as a stream of chat completions",
  cut: "the answer broke off",
  stalled: "the server is silent for too long",
  length: "the answer reached its length limit",
  content_filter: "a filter stopped the answer",
  invalid_answer: "the answer makes no sense",
  session_limit: "the token limit is reached",
};

function judgeFailure(
  { error }: TrialCell["cell"],
  { failure, calls, prose }: TrialCell["answer"],
  quote: (text: string) => string,
): { failure: Error; remedy: string } {
  if (failure instanceof ModelError) {
    const message = `${CODE} is not answered: ${becameOf[failure.kind]}`;
    const remedy = quote(failure.message).replace("Run the cell again", "Check again")
      .replace("run the cell again", "check again").replace(/\.$/, "");
    if (failure.kind === "refused") return { failure: new RefusedError("model", message, { cause: failure }), remedy };
    return { failure: new CheckFailedError(message, { cause: failure }), remedy };
  }
  const remedy = "Choose a model that is good at calling tools, or try --tool-mode sequential (AIPYTHON_TOOL_MODE)";
  if (calls === 0 && prose.trim() === "") {
    return { failure: new CheckFailedError(`the model answers ${CODE} with nothing`), remedy };
  }
  if (calls === 0) {
    return {
      failure: new CheckFailedError(`the model answers in prose instead of tool calls: "${quote(prose)}"`),
      remedy,
    };
  }
  return { failure: new CheckFailedError(`the model's calls are of no use: ${quote(error ?? "")}`), remedy };
}

function isRight(outputs: readonly CellOutput[]): boolean {
  const [output, ...more] = outputs;
  return more.length === 0 && output?.type === "execute_result" && output.data["text/plain"] === RESULT;
}

/** An output on a line. */
function tell(output: CellOutput): string {
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
