/**
 * Collects all text that a model receives for a cell.
 *
 * @module
 */

import type { CellSettings } from "../../../src/execution/cell_settings.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import { NO_OUTPUT } from "../../../src/execution/prompt/system_prompt.ts";
import { writeTextCalls } from "../../../src/execution/reply/text_call_writer.ts";
import { AskingContext } from "../../support/asking_context.ts";
import { runCell } from "../../support/cell_run.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import { answer, call, finish, type Step, text } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";

/** The settings that determine the texts. */
export interface PromptSettings extends Pick<CellSettings, "toolMode" | "reasoning"> {
  /** The interface of the server. */
  api: "chat" | "responses";
  /** Whether the model's context is small. */
  shortPrompt: boolean;
  /** Whether the person can be asked for input. */
  hasInput: boolean;
}

/** Returns the settings in words. */
export function settingsOf({ toolMode, reasoning, api, shortPrompt, hasInput }: PromptSettings): string {
  const prompt = shortPrompt ? "short" : "long";
  return `${prompt} prompt, tool mode ${toolMode}, ${api}, ${hasInput ? "input, " : ""}reasoning ${reasoning}`;
}

/** A past that does not fit completely. Its first cells are replaced by a summary of their definitions. */
const HISTORY = Array.from({ length: 40 }, (_, index) => ({
  executionCount: index + 1,
  code: `name_${index} = ${index}\nprint(${"name_0 + ".repeat(9)}${index})`,
  outputs: [],
}));

/** A context length for which the short prompt is sent. */
const SMALL_CONTEXT = 6_000;

/**
 * Runs a cell that reads the clock and whose model receives as many different texts as possible. The replies of the model are prose, a
 * cut call, an input request, and then valid calls.
 *
 * @returns the strings in each request, joined by line breaks
 */
export async function promptTexts(
  { toolMode, reasoning, api, shortPrompt, hasInput }: PromptSettings,
): Promise<string[]> {
  const calls = (...each: [name: string, args: { [key: string]: JsonValue }][]): Step[][] =>
    toolMode === "text"
      ? [text(writeTextCalls(each.map(([name, args]) => ({ name, arguments: JSON.stringify(args) }))))]
      : each.map(([name, args]) => call(name, args));
  const { requests } = await runCell(
    inTurn(
      answer(text("Sure!")),
      [...calls(["stdout", { text: "a\n" }]).flat(), ...finish("length")],
      ...(hasInput ? [answer(...calls(["input", { prompt: "? " }]))] : []),
      answer(...calls(["stdout", { text: "b\n" }])),
      answer(text(NO_OUTPUT)),
    ),
    {
      toolMode,
      reasoning,
      code: "import datetime\nfor i in range(3):\n    print(name_0, datetime.datetime.now())",
      executionCount: 41,
      history: HISTORY,
      historyTokens: 1_000,
      date: new Date("2026-01-31T23:59:58Z"),
      context: hasInput ? new AskingContext("line") : new RecordingContext(),
    },
    { api, ...(shortPrompt && { contextLength: SMALL_CONTEXT }) },
  );
  return requests.map(({ body }) => stringsIn(body).join("\n"));
}

function stringsIn(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap((each) => stringsIn(each!)) : [];
}
