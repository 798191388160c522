/**
 * Errors for a server that refuses our credentials or cannot be reached.
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
  /** The server that refused: the notebook's server (its token) or the model's server (its API key). */
  readonly server: "sync" | "model";

  /**
   * Creates the error.
   *
   * @param server the server that refused
   * @param message the refusal and how to fix it
   * @param options the cause
   */
  constructor(server: "sync" | "model", message: string, options?: ErrorOptions) {
    super(message, options);
    this.server = server;
  }
}

/**
 * The notebook's server cannot be reached, or the address is not that of a notebook server.
 *
 * ```ts
 * import { AIPythonAgent, SyncUnreachableError } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ syncUrl: "ws://127.0.0.1:9/livestore", connectTimeout: 1 });
 * try {
 *   await agent.start();
 * } catch (error) {
 *   if (!(error instanceof SyncUnreachableError)) throw error;
 *   console.error(`no server at ${error.url}`);
 * }
 * ```
 */
export class SyncUnreachableError extends AIPythonError {
  /** The class's name. */
  readonly name = "SyncUnreachableError";
  /** The attempted address, without credentials. */
  readonly url: string;

  /**
   * Creates the error.
   *
   * @param url the attempted address, without credentials
   * @param message the problem and how to fix it
   * @param options the cause
   */
  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}
