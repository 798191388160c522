/**
 * The five tools that a model writes a cell's outputs with.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { ToolDefinition } from "../model.ts";

/** The tools' names. */
export type ToolName = "stdout" | "stderr" | "execute_result" | "display" | "error";

const MIME_BUNDLE: JsonValue = {
  type: "object",
  description: "MIME type -> content. Always has text/plain: the object's repr().",
  properties: { "text/plain": { type: "string" } },
  required: ["text/plain"],
  additionalProperties: true,
};

const METADATA: JsonValue = {
  type: "object",
  description: "MIME type -> notes on that content, such as its width. Seldom needed.",
  additionalProperties: true,
};

const DISPLAY_METADATA: JsonValue = {
  type: "object",
  description:
    'As for execute_result; also {"display_id": "..."} to name the display, {"display_id": "...", "update": true} to change ' +
    'it in place, and {"clear_output": true, "wait": false} to clear the cell\'s output instead of showing anything.',
  additionalProperties: true,
};

/** What a model is told about the five tools. The order is part of the prompt, and with it of the provider's prompt cache. */
export const TOOLS: readonly ToolDefinition[] = [
  {
    name: "stdout",
    description: "Write to standard output: print() and whatever else a program writes there.",
    parameters: textParameters("The text exactly as written, with the newline that print() adds."),
  },
  {
    name: "stderr",
    description: "Write to standard error: warnings, logging, sys.stderr.",
    parameters: textParameters("The text exactly as written, with its newlines."),
  },
  {
    name: "execute_result",
    description: "Show the value of the cell's last line (Out[n]). At most once a cell, and never for None.",
    parameters: bundleParameters(METADATA),
  },
  {
    name: "display",
    description: "Show rich content: display(), plots, HTML. Once for each object displayed.",
    parameters: bundleParameters(DISPLAY_METADATA),
  },
  {
    name: "error",
    description: "Report the uncaught Python exception that ends the cell. Always the last call.",
    parameters: {
      type: "object",
      properties: {
        ename: { type: "string", description: "The exception's class: ZeroDivisionError" },
        evalue: { type: "string", description: "str(exception): division by zero" },
        traceback: {
          type: "array",
          items: { type: "string" },
          description: "IPython's traceback, a line each, without colours.",
        },
      },
      required: ["ename", "evalue", "traceback"],
      additionalProperties: false,
    },
  },
];

/** Whether a name is that of one of the five tools. */
export function isToolName(name: string): name is ToolName {
  return TOOLS.some((tool) => tool.name === name);
}

/** The names of a tool's parameters. */
export function parameterNames(tool: ToolName): string[] {
  const { parameters } = TOOLS.find(({ name }) => name === tool)!;
  return Object.keys(Object(parameters.properties));
}

function textParameters(description: string): ToolDefinition["parameters"] {
  return {
    type: "object",
    properties: { text: { type: "string", description } },
    required: ["text"],
    additionalProperties: false,
  };
}

function bundleParameters(metadata: JsonValue): ToolDefinition["parameters"] {
  return {
    type: "object",
    properties: { data: MIME_BUNDLE, metadata },
    required: ["data"],
    additionalProperties: false,
  };
}
