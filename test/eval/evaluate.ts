/**
 * Evaluates a scripted model on cells.
 *
 * @module
 */

import { askAll, type AskAllOptions } from "../../eval/ask_all.ts";
import type { Answer } from "../../eval/ask_cell.ts";
import type { CellScore } from "../../eval/eval_run.ts";
import type { EvalCell } from "../../eval/eval_set.ts";
import { builtInPrompt } from "../../eval/prompt/eval_prompt.ts";
import { scoreRun } from "../../eval/score_run.ts";
import { parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { type GoldenCell, goldenSessions, perfectAnswer } from "../golden/golden_cells.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import type { RecordedRequest, Script, ScriptedModelServer } from "../support/scripted_model_server.ts";

/** Returns the code of the cell that a request is about, also in a repeated request. */
export function codeOf({ body }: RecordedRequest): string {
  const messages: { role: string; content: string }[] = body.messages;
  const turns = messages.flatMap(({ role, content }) => role === "user" ? parseCellTurn(content) ?? [] : []);
  return turns[turns.length - 1].code;
}

/** Returns a model that answers golden cells as ipykernel did, except those whose names are in `wrong`. */
export function goldenModel(wrong: Readonly<Record<string, Script>> = {}): (request: RecordedRequest) => Script {
  const cells = new Map([...goldenSessions.session, ...goldenSessions.kinds].map((cell) => [cell.code, cell]));
  return (request) => {
    const cell = cells.get(codeOf(request))!;
    return wrong[cell.name] ?? answerTo(cell);
  };
}

/** Returns the perfect answer to a cell. The pager's text goes to stdout without colours, as the prompt asks. */
function answerTo(cell: GoldenCell): Script {
  const page = cell.payload?.find(({ source }) => source === "page")?.data?.["text/plain"];
  // deno-lint-ignore no-control-regex -- removes colours
  return page === undefined ? perfectAnswer(cell) : answer(stdout(page.replace(/\x1b\[[\d;]*m/g, "")));
}

/** Runs cells with a scripted model, by default one at a time, and scores its answers. */
export async function evaluate(
  server: ScriptedModelServer,
  cells: readonly EvalCell[],
  options: Partial<AskAllOptions> = {},
): Promise<CellScore[]> {
  const answers = new Map<string, Answer>();
  await askAll(cells.map((cell) => ({ cell, prompts: [builtInPrompt] })), {
    model: openAIModel(server),
    cellTimeoutMs: 3_600_000,
    concurrency: 1,
    limits: {},
    runId: "test",
    onAnswer: (answer) => answers.set(answer.name, answer),
    ...options,
  }, new AbortController().signal);
  return scoreRun(cells, answers);
}

/** Returns the match and the parts of each cell that is not exact, by its name. */
export function losses(scores: readonly CellScore[]): Record<string, unknown> {
  return Object.fromEntries(
    scores.filter(({ match }) => match !== "exact").map(({ name, match, parts }) => [name, { match, parts }]),
  );
}
