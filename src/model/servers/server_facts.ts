/**
 * What a model server tells about a model before the first request.
 *
 * @module
 */

import type { RequestForm } from "../request_form.ts";

/** What is known. What the server does not tell is absent. */
export interface ServerFacts {
  /** How the model takes requests. */
  form?: RequestForm;
  /** Whether the form is not told by the server, but known from the model's name. */
  formByName?: boolean;
  /** Whether the server could have told more, and did not answer in time or not sensibly. */
  isPartial?: boolean;
  /** How many tokens a request and its answer may have together. */
  contextLength?: number;
  /** The day from which the model is not served any more, as the server writes it. */
  shutdownDate?: string;
}
