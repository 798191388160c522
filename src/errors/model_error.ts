/**
 * A model that did not give a usable answer.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/**
 * What went wrong between us and a model.
 *
 * ```ts
 * import type { ModelErrorKind } from "@runt/aipython-runtime-agent";
 *
 * // Which failures of a model are worth another attempt.
 * const passing: readonly ModelErrorKind[] = ["unreachable", "rate_limited", "server_error", "cut", "stalled"];
 * console.log(passing);
 * ```
 */
export type ModelErrorKind =
  /** The server could not be reached, or the connection broke before the answer began. */
  | "unreachable"
  /** The server refused the API key (401) or what it may do (403). */
  | "refused"
  /** Too many requests, or the account's quota is used up (429). */
  | "rate_limited"
  /** The request is at fault (400, 404, 422): an unknown model, a parameter. */
  | "bad_request"
  /** The request is longer than what the model reads, or than what its server takes (413). */
  | "too_long"
  /** The server failed (5xx). */
  | "server_error"
  /** What came back is no chat completion: HTML, other JSON, nothing. */
  | "not_a_completion"
  /** The answer stopped in the middle: no finish reason, a broken connection, a stall. */
  | "cut"
  /** Nothing arrived for too long. */
  | "stalled"
  /** The model reached its length limit. */
  | "length"
  /** The provider's content filter stopped the answer. */
  | "content_filter"
  /** The answer makes no sense: an unknown tool, arguments that are not JSON, prose instead of calls, what the model's own server cannot read. */
  | "invalid_answer"
  /** The session has spent the tokens that it may spend; the model was not asked. */
  | "session_limit";

/**
 * A model did not give a usable answer. The message names the cause and is fit to be shown in the notebook.
 *
 * ```ts
 * import { CellOutputs, executeCell, type Model, ModelError } from "@runt/aipython-runtime-agent";
 *
 * const model: Model = {
 *   name: "closed",
 *   stream() {
 *     throw new ModelError("refused", "The model is closed on Sundays. Run the cell again tomorrow.", { status: 403 });
 *   },
 * };
 * const { failure } = await executeCell("1 + 1", { model, context: new CellOutputs() });
 * console.log(failure); // refused
 * ```
 */
export class ModelError extends AIPythonError {
  /** The class's name. */
  readonly name = "ModelError";
  /** What went wrong. */
  readonly kind: ModelErrorKind;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The provider's id of the request (`x-request-id`), for its support. */
  readonly requestId?: string;
  /** How many tokens the model reads, where a server that refused a request as too long told it. */
  readonly contextLength?: number;
  /** How many tokens that request had, where the server told it. */
  readonly promptTokens?: number;

  /**
   * Makes the error.
   *
   * @param kind what went wrong
   * @param message what happened and what to do, fit to be shown in the notebook
   * @param options the cause, the HTTP status, the provider's id of the request, and what it told of its length
   */
  constructor(
    kind: ModelErrorKind,
    message: string,
    options: ErrorOptions & Partial<Pick<ModelError, "status" | "requestId" | "contextLength" | "promptTokens">> = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.status = options.status;
    this.requestId = options.requestId;
    this.contextLength = options.contextLength;
    this.promptTokens = options.promptTokens;
  }
}
