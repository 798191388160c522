/**
 * The error for a model that has not given a usable answer.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/**
 * The kind of failure of a model.
 *
 * ```ts
 * import type { ModelErrorKind } from "@runt/aipython-runtime-agent";
 *
 * // The failures after which another attempt may succeed.
 * const passing: readonly ModelErrorKind[] = ["unreachable", "rate_limited", "server_error", "cut", "stalled"];
 * console.log(passing);
 * ```
 */
export type ModelErrorKind =
  /** The server could not be reached, or the connection broke before the answer began. */
  | "unreachable"
  /** The server refused the API key (401) or its permissions (403). */
  | "refused"
  /** Too many requests, or the account's quota is used up (429). */
  | "rate_limited"
  /** The request is wrong (400, 404, 422), for example because of an unknown model or parameter. */
  | "bad_request"
  /** The request is longer than the model's context, or than the server accepts (413). */
  | "too_long"
  /** The server failed (5xx). */
  | "server_error"
  /** The reply is not a chat completion: for example, it is HTML, other JSON or empty. */
  | "not_a_completion"
  /** The answer ended too early: no finish reason, a broken connection, a stall. */
  | "cut"
  /** No data arrived for too long. */
  | "stalled"
  /** The model reached its length limit. */
  | "length"
  /** The provider's content filter stopped the answer. */
  | "content_filter"
  /** The answer is unusable: an unknown tool, arguments that are not JSON, prose instead of calls, or text that the server cannot parse. */
  | "invalid_answer"
  /** The session has used up its tokens. The model was not asked. */
  | "session_limit";

/**
 * A model has not given a usable answer. The message states the cause and can be shown in the notebook.
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
  /** The kind of failure. */
  readonly kind: ModelErrorKind;
  /** The HTTP status, if the server has answered. */
  readonly status?: number;
  /** The provider's id of the request (`x-request-id`), for its support. */
  readonly requestId?: string;
  /** The length of the model's context in tokens, if a server that refused a request as too long has stated it. */
  readonly contextLength?: number;
  /** The length of that request in tokens, if the server has stated it. */
  readonly promptTokens?: number;

  /**
   * Creates the error.
   *
   * @param kind the kind of failure
   * @param message the problem and how to fix it; can be shown in the notebook
   * @param options the cause, the HTTP status, the provider's id of the request, and the lengths that the server has stated
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
