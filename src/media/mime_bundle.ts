/**
 * The types of an output in several representations, as in Jupyter messages and nbformat.
 *
 * @module
 */

import type { JsonValue } from "./json_value.ts";

/**
 * The representations of an output by MIME type. Text types have a string, JSON types the JSON value itself.
 *
 * ```ts
 * import { CellOutputs, type MimeBundle, type MimeMetadata } from "@runt/aipython-runtime-agent";
 *
 * const bundle: MimeBundle = { "text/plain": "4", "text/html": "<b>4</b>" };
 * const metadata: MimeMetadata = { display_id: "sum" };
 * const context = new CellOutputs();
 * context.display(bundle, metadata);
 * console.log(context.outputs.length); // 1
 * ```
 */
export type MimeBundle = Record<string, JsonValue>;

/** Metadata of a {@link MimeBundle}, by MIME type or by key. For example: `{ "image/png": { width: 640 } }`. */
export type MimeMetadata = Record<string, JsonValue>;
