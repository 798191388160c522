/**
 * What was learnt about how servers take requests, kept for as long as the process lives.
 *
 * @module
 */

import type { RequestForm } from "./request_form.ts";

/** Remembers the form that a model of a server takes. Agents of one process share it, so that each server is learnt once. */
export class FormMemory {
  readonly #forms = new Map<string, RequestForm>();

  /** The form that worked last; nothing for a model that has not answered. */
  recall(baseUrl: string, model: string): RequestForm | undefined {
    return this.#forms.get(key(baseUrl, model));
  }

  /** Keeps a form that worked. */
  keep(baseUrl: string, model: string, form: RequestForm): void {
    this.#forms.set(key(baseUrl, model), form);
  }
}

function key(baseUrl: string, model: string): string {
  return JSON.stringify([baseUrl, model]);
}

/** The memory of the process. */
export const processMemory: FormMemory = new FormMemory();
