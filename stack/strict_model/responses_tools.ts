/**
 * Checks the tools of a request of OpenAI's Responses interface.
 *
 * @module
 */

import { type Fields, isFields } from "./fields.ts";
import { allowOnly, requireName } from "./responses_fields.ts";
import { invalidType, missingParameter, RefusedRequest } from "./responses_refusal.ts";

const FUNCTION = [
  "type",
  "name",
  "description",
  "parameters",
  "strict",
  "async",
  "allowed_callers",
  "defer_loading",
  "output_schema",
];

/**
 * Checks the tools. Only functions are checked in detail. A function is strict by default, without `strict: false`.
 *
 * @throws {RefusedRequest} with the first mistake
 */
export function checkTools(tools: unknown): void {
  if (!Array.isArray(tools)) throw invalidType("tools", "an array of tools", tools);
  for (const [index, tool] of tools.entries()) checkTool(tool, `tools[${index}]`);
}

function checkTool(tool: unknown, path: string): void {
  if (!isFields(tool)) throw invalidType(path, "an object", tool);
  if (tool.type === undefined) throw missingParameter(`${path}.type`);
  if (tool.type !== "function") return;
  const name = requireName(tool, path);
  allowOnly(tool, FUNCTION, path);
  const { strict, parameters } = tool;
  if (strict !== undefined && strict !== null && typeof strict !== "boolean") {
    throw invalidType(`${path}.strict`, "a boolean", strict);
  }
  const problem = schemaProblem(parameters, strict !== false);
  if (problem === undefined) return;
  const message = `Invalid schema for function '${name}': ${problem}`;
  throw new RefusedRequest(message, `${path}.parameters`, "invalid_function_parameters");
}

function schemaProblem(schema: unknown, strict: boolean): string | undefined {
  if (!isFields(schema) || schema.type !== "object") {
    const type = isFields(schema) && typeof schema.type === "string" ? schema.type : "None";
    return `schema must be a JSON Schema of 'type: "object"', got 'type: "${type}"'.`;
  }
  return strict ? strictProblem(schema, []) : undefined;
}

/** Describes a part of a schema that cannot be strict: every object must list all of its keys and require them. */
function strictProblem(schema: Fields, path: readonly string[]): string | undefined {
  const context = `In context=(${path.map((name) => `'${name}'`).join(", ")}),`;
  const { properties, required, additionalProperties, items } = schema;
  if (schema.type === "object") {
    if (additionalProperties !== false) {
      return `${context} 'additionalProperties' is required to be supplied and to be false.`;
    }
    const keys = isFields(properties) ? Object.keys(properties) : [];
    const missing = keys.find((key) => !Array.isArray(required) || !required.includes(key));
    if (missing !== undefined) {
      return `${context} 'required' is required to be supplied and to be an array including every key in properties. ` +
        `Missing '${missing}'.`;
    }
  }
  for (const [key, property] of Object.entries(isFields(properties) ? properties : {})) {
    const problem = isFields(property) ? strictProblem(property, [...path, "properties", key]) : undefined;
    if (problem !== undefined) return problem;
  }
  return isFields(items) ? strictProblem(items, [...path, "items"]) : undefined;
}
