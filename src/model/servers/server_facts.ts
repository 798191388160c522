/**
 * The facts about a model that its server gives before the first request.
 *
 * @module
 */

import type { RequestForm } from "../request_form.ts";

/** Unknown facts are absent. */
export interface ServerFacts {
  /** The form of requests that the model takes. */
  form?: RequestForm;
  /** Whether the form is known from the model's name and not from the server. */
  formByName?: boolean;
  /** Whether facts are missing because the server did not answer in time or in a known form. */
  isPartial?: boolean;
  /** How many tokens a request and its answer may have together. */
  contextLength?: number;
  /** The day on which the model is switched off, as the server writes it. */
  shutdownDate?: string;
}
