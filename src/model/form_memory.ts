/**
 * What was learnt about how servers take requests, kept for as long as the process lives.
 *
 * @module
 */

import type { RequestForm } from "./request_form.ts";

/** Remembers how a server's model takes requests, and how long they may be. Agents of one process share it, so that each is learnt once. */
export class FormMemory {
  readonly #forms = new Map<string, RequestForm>();
  readonly #contexts = new Map<string, number>();

  /** The form that worked last; nothing for a model that has not answered. */
  recall(baseUrl: string, model: string): RequestForm | undefined {
    return this.#forms.get(key(baseUrl, model));
  }

  /** Keeps a form that worked. */
  keep(baseUrl: string, model: string, form: RequestForm): void {
    this.#forms.set(key(baseUrl, model), form);
  }

  /** How many tokens the model reads, request and answer together; nothing where it is not known. */
  recallContext(baseUrl: string, model: string): number | undefined {
    return this.#contexts.get(key(baseUrl, model));
  }

  /** Keeps how many tokens the model reads. */
  keepContext(baseUrl: string, model: string, tokens: number): void {
    this.#contexts.set(key(baseUrl, model), tokens);
  }
}

function key(baseUrl: string, model: string): string {
  return JSON.stringify([baseUrl, model]);
}

/** The memory of the process. */
export const processMemory: FormMemory = new FormMemory();
