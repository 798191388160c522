/**
 * Finds a model in a list by the name in requests, also if the list has it under another name.
 *
 * @module
 */

/** The prefix of names in Google's lists. */
const PREFIX = /^models\//;

/** The tag that Ollama adds to a name without one. */
const DEFAULT_TAG = /:latest$/;

/** The suffixes of variants that OpenRouter does not list (https://openrouter.ai/docs/guides/routing/model-variants). */
const VARIANT = /:(?:exacto|extended|floor|free|nitro|online|thinking)$/;

/**
 * Finds the entry of a model by its exact name, or else by an equivalent name. `llama3.2` is `llama3.2:latest`,
 * `models/gemini-3-pro` is `gemini-3-pro`, and `qwen/qwen3-coder:nitro` is a variant of `qwen/qwen3-coder`. Names are case-sensitive.
 *
 * @returns `undefined` for a model that is not listed
 */
export function findModel<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  name: string,
): Entry | undefined {
  const same = plainName(name);
  return entries.find(({ id }) => id === name) ??
    entries.find(({ id }) => plainName(id) === same) ??
    entries.find(({ id }) => plainName(id) === same.replace(VARIANT, ""));
}

/** Does the same as {@linkcode findModel} for a list of names. Returns the name in the list. */
export function findModelName(names: readonly string[], name: string): string | undefined {
  return findModel(names.map((id) => ({ id })), name)?.id;
}

function plainName(name: string): string {
  return name.replace(PREFIX, "").replace(DEFAULT_TAG, "");
}
