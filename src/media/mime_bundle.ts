/**
 * The types of an output in several representations, as in Jupyter messages and nbformat.
 *
 * @module
 */

import type { JsonValue } from "./json_value.ts";

/** The representations of an output by MIME type. Text types have a string, JSON types the JSON value itself. */
export type MimeBundle = Record<string, JsonValue>;

/** Metadata of a {@link MimeBundle}, by MIME type or by key. For example: `{ "image/png": { width: 640 } }`. */
export type MimeMetadata = Record<string, JsonValue>;
