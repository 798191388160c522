/**
 * Validates parts of a notebook by the schema of nbformat 4.5, which Jupyter publishes.
 *
 * @module
 */

import { type Schema, Validator } from "@cfworker/json-schema";
import type { FileJson } from "./json_text.ts";
import schema from "./nbformat.v4.5.schema.json" with { type: "json" };

/** The parts of a notebook that are validated separately, with their references in the schema. */
const PARTS = {
  notebookMetadata: "#/properties/metadata",
  codeMetadata: "#/definitions/code_cell/properties/metadata",
  markdownMetadata: "#/definitions/markdown_cell/properties/metadata",
  rawMetadata: "#/definitions/raw_cell/properties/metadata",
  attachments: "#/definitions/misc/attachments",
  output: "#/definitions/output",
} as const;

export type Validated = keyof typeof PARTS;

const validators = new Map<Validated, Validator>();

/** Returns whether a value is valid as a part of a notebook. */
export function isValid(part: Validated, value: FileJson): boolean {
  let validator = validators.get(part);
  if (validator === undefined) {
    validator = new Validator({ ...schema, ...reference(PARTS[part]) } as unknown as Schema, "4");
    validators.set(part, validator);
  }
  return validator.validate(value).valid;
}

/** Returns a schema that refers to one of the parts, without the keywords of the whole notebook. */
function reference($ref: string) {
  const { properties, definitions } = schema;
  return { type: undefined, required: undefined, additionalProperties: undefined, properties, definitions, $ref };
}
