/**
 * Defines the five tools with which a model writes a cell's outputs, and the tool `input` with which it asks the person.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { ToolDefinition } from "../model.ts";

export type ToolName = "stdout" | "stderr" | "execute_result" | "display" | "error" | "input";

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
    'it in place, and {"clear_output": true, "wait": false} with data {"text/plain": ""} to clear the cell\'s output.',
  additionalProperties: true,
};

/** The definitions of the five output tools. Their order is part of the prompt and thus of the provider's prompt cache. */
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
    description: "Show the value of the cell's last statement (Out[n]). At most once, and never for None.",
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

/** The definition of the tool for front ends that can ask the person. */
const INPUT: ToolDefinition = {
  name: "input",
  description:
    'Ask the person for a line: input(), getpass(). Ends your reply: calls behind it are dropped. Its answer is {"typed": "the line"}, or {"raises": "EOFError: ..."}, which the code may catch.',
  parameters: {
    type: "object",
    properties: {
      prompt: { type: "string", description: "The prompt exactly as the code gives it. It is shown: do not print it." },
      password: { type: "boolean", description: "true for getpass()." },
    },
    required: ["prompt"],
    additionalProperties: false,
  },
};

/** The tools for front ends that can ask the person. */
const TOOLS_WITH_INPUT: readonly ToolDefinition[] = [...TOOLS, INPUT];

/** Returns the tools of a session. They are the same for all of its cells, because requests begin with them. */
export function toolsOf(hasInput: boolean): readonly ToolDefinition[] {
  return hasInput ? TOOLS_WITH_INPUT : TOOLS;
}

/** Whether a name is that of one of the tools. Default: the five output tools. */
export function isToolName(name: string, tools = TOOLS): name is ToolName {
  return tools.some((tool) => tool.name === name);
}

export function parameterNames(tool: ToolName): string[] {
  const { parameters } = TOOLS_WITH_INPUT.find(({ name }) => name === tool)!;
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
