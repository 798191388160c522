/**
 * Validates notebooks with the schema that Jupyter publishes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Schema, Validator } from "@cfworker/json-schema";
import schema from "../../src/nbformat/nbformat.v4.5.schema.json" with { type: "json" };

/** The validator for the schema, which uses draft 4 of JSON Schema. */
const validator = new Validator(schema as unknown as Schema, "4");

/**
 * Asserts that a text is a notebook in nbformat 4.5 with unique ids.
 *
 * @returns the notebook
 */
// deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
export function validNotebook(text: string): any {
  const notebook = JSON.parse(text);
  const { valid, errors } = validator.validate(notebook);
  assert(valid, errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join("\n"));
  const ids = notebook.cells.map(({ id }: { id: string }) => id);
  assert.equal(new Set(ids).size, ids.length);
  return notebook;
}
