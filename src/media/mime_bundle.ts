/**
 * An output in several representations, as Jupyter's messages and nbformat carry it.
 *
 * @module
 */

import type { JsonValue } from "./json_value.ts";

/** The same output in several forms: MIME type -> content. Text is a string, JSON types hold the JSON value itself. */
export type MimeBundle = Record<string, JsonValue>;

/** Metadata of a {@link MimeBundle}, by MIME type or by key (for example `{ "image/png": { width: 640 } }`). */
export type MimeMetadata = Record<string, JsonValue>;
