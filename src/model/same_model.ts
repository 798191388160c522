/**
 * Finds a model in a list by the name that it is asked by, where servers know it by another one too.
 *
 * @module
 */

/** What Google's lists put before a name. */
const PREFIX = /^models\//;

/** The tag that Ollama adds to a name without one. */
const DEFAULT_TAG = /:latest$/;

/** The variants of a model that OpenRouter does not list (https://openrouter.ai/docs/guides/routing/model-variants). */
const VARIANT = /:(?:exacto|extended|floor|free|nitro|online|thinking)$/;

/**
 * Finds the entry of a model: by its very name, or else by one that means the same. `llama3.2` is `llama3.2:latest`,
 * `models/gemini-3-pro` is `gemini-3-pro`, and `qwen/qwen3-coder:nitro` is a variant of `qwen/qwen3-coder`. Upper and lower case differ.
 *
 * @param entries what a server lists
 * @param name the name in requests
 * @returns nothing for a model that is not listed
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

/** As {@linkcode findModel}, where a server's list is known by its names alone. */
export function findModelName(names: readonly string[], name: string): string | undefined {
  return findModel(names.map((id) => ({ id })), name)?.id;
}

function plainName(name: string): string {
  return name.replace(PREFIX, "").replace(DEFAULT_TAG, "");
}
