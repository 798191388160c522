/**
 * Creates the errors for invalid calls. Their messages are sent to the model.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import type { ToolDefinition } from "../model.ts";

/** The number of characters of an unknown tool name that a message quotes. */
const QUOTED_NAME = 60;

export function unknownTool(name: string, tools: readonly ToolDefinition[]): ModelError {
  const known = tools.map((tool) => tool.name).join(", ");
  const quoted = name.length > QUOTED_NAME ? `${name.slice(0, QUOTED_NAME).toWellFormed()}...` : name;
  const mistake = name === "" ? "A call came without the name of its tool" : `There is no tool "${quoted}"`;
  return new ModelError("invalid_answer", `${mistake}; there are ${known}.`);
}

/** Creates the error for a text whose shown beginning differs from the complete text. */
export function changedText(tool: string): ModelError {
  return new ModelError(
    "invalid_answer",
    `${tool}() was called with arguments that are not valid JSON (the text does not go on as it began).`,
  );
}

/** Creates the error for a piece of arguments that belongs to no call. */
export function strayArguments(piece: string): ModelError {
  return new ModelError(
    "invalid_answer",
    `The model sent arguments that belong to no tool call (${JSON.stringify(piece.slice(0, 40))}).`,
  );
}
