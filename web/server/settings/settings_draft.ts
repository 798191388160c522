/**
 * Validates the settings that a page sends.
 *
 * @module
 */

import { type Schema, Validator } from "@cfworker/json-schema";
import type { PanelName } from "./panel_names.ts";
import { panelNames } from "./panel_names.ts";

/** Settings as entered in a panel. */
export interface SettingsDraft {
  /** The values as text. An absent or blank one is not set. */
  values: Partial<Record<PanelName, string>>;
  /** A key that was entered, and the origin that it was entered for. */
  key?: { origin: string; value: string };
}

/** The longest value, in characters. */
const LONGEST_VALUE = 2_000;

/** The longest key, in characters. A token of Entra ID has some two thousand. */
const LONGEST_KEY = 8_192;

const text = (maxLength: number) => ({ type: "string", maxLength });

const draftSchema = {
  type: "object",
  required: ["values"],
  additionalProperties: false,
  properties: {
    values: {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(panelNames.map((name) => [name, text(LONGEST_VALUE)])),
    },
    key: {
      type: "object",
      required: ["origin", "value"],
      additionalProperties: false,
      properties: { origin: text(LONGEST_VALUE), value: text(LONGEST_KEY) },
    },
  },
};

const originSchema = {
  type: "object",
  required: ["origin"],
  additionalProperties: false,
  properties: { origin: text(LONGEST_VALUE) },
};

/**
 * Parses the settings in a request's body.
 *
 * @throws {SyntaxError} if the body is invalid; the message does not repeat the content
 */
export const readDraft = (body: string) => read<SettingsDraft>(body, draftSchema);

/**
 * Parses the origin of the key to remove.
 *
 * @throws {SyntaxError} if the body is invalid
 */
export const readOrigin = (body: string) => read<{ origin: string }>(body, originSchema);

function read<Form>(body: string, schema: object): Form {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new SyntaxError("the settings are not JSON");
  }
  const [error] = new Validator(schema as Schema, "2020-12").validate(value).errors.slice(-1);
  if (error === undefined) return value as Form;
  throw new SyntaxError(`the settings are not valid at ${error.keywordLocation}`);
}
