/**
 * Remembers how servers take requests, until the process ends.
 *
 * @module
 */

import type { RequestForm } from "./request_form.ts";

/** Remembers the request form and the context length of models. All agents of a process share it, so each is learnt once. */
export class FormMemory {
  readonly #forms = new Map<string, RequestForm>();
  readonly #contexts = new Map<string, number>();

  /** Returns the form that worked last, or `undefined` for a model that has not answered yet. */
  recall(baseUrl: string, model: string): RequestForm | undefined {
    return this.#forms.get(key(baseUrl, model));
  }

  /** Stores a form that worked. */
  keep(baseUrl: string, model: string, form: RequestForm): void {
    this.#forms.set(key(baseUrl, model), form);
  }

  /** How many tokens the model reads, request and answer together; `undefined` if it is not known. */
  recallContext(baseUrl: string, model: string): number | undefined {
    return this.#contexts.get(key(baseUrl, model));
  }

  keepContext(baseUrl: string, model: string, tokens: number): void {
    this.#contexts.set(key(baseUrl, model), tokens);
  }
}

function key(baseUrl: string, model: string): string {
  return JSON.stringify([baseUrl, model]);
}

/** The memory that all models of the process share. */
export const processMemory: FormMemory = new FormMemory();
