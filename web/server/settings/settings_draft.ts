/**
 * What a page sends of its settings panel, checked.
 *
 * @module
 */

import { type Schema, Validator } from "@cfworker/json-schema";
import type { PanelName } from "./panel_names.ts";
import { panelNames } from "./panel_names.ts";

/** The settings as they stand in a panel. */
export interface SettingsDraft {
  /** The values, as text; one that is absent or blank is not set. */
  values: Partial<Record<PanelName, string>>;
  /** A key that was entered, and the origin that it was entered for. */
  key?: { origin: string; value: string };
}

/** The longest value, in characters. */
const LONGEST_VALUE = 2_000;

/** The longest key: a token of Entra ID has some two thousand characters. */
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
 * Reads the settings of a request's body.
 *
 * @throws {SyntaxError} when it is not that; what it holds is not repeated
 */
export const readDraft = (body: string) => read<SettingsDraft>(body, draftSchema);

/**
 * Reads which key is to be removed.
 *
 * @throws {SyntaxError} when the body does not say it
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
  throw new SyntaxError(`the settings have another form at ${error.keywordLocation}`);
}
