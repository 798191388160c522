/**
 * A server that refuses us, or that cannot be reached.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/**
 * A server refused our credentials.
 *
 * ```ts
 * import { AIPythonAgent, RefusedError } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ authToken: "expired" });
 * try {
 *   await agent.start();
 * } catch (error) {
 *   if (!(error instanceof RefusedError)) throw error;
 *   console.error(error.server === "sync" ? "give another token" : "give another API key");
 * }
 * ```
 */
export class RefusedError extends AIPythonError {
  /** The class's name. */
  readonly name = "RefusedError";
  /** Who refused: the notebook's server (its token) or the model server (its API key). */
  readonly server: "sync" | "model";

  /**
   * Makes the error.
   *
   * @param server who refused
   * @param message what was refused, and what to do
   * @param options the cause
   */
  constructor(server: "sync" | "model", message: string, options?: ErrorOptions) {
    super(message, options);
    this.server = server;
  }
}

/**
 * The notebook's server could not be reached, or is not one.
 *
 * ```ts
 * import { AIPythonAgent, SyncUnreachableError } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ syncUrl: "ws://127.0.0.1:9/livestore", connectTimeout: 1 });
 * try {
 *   await agent.start();
 * } catch (error) {
 *   if (!(error instanceof SyncUnreachableError)) throw error;
 *   console.error(`nobody listens at ${error.url}`);
 * }
 * ```
 */
export class SyncUnreachableError extends AIPythonError {
  /** The class's name. */
  readonly name = "SyncUnreachableError";
  /** The address that was tried, without credentials. */
  readonly url: string;

  /**
   * Makes the error.
   *
   * @param url the address that was tried, without credentials
   * @param message what was wrong, and what to do
   * @param options the cause
   */
  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}
