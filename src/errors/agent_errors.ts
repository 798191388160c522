/**
 * The errors that end an agent.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/**
 * Our session was ended in the notebook: another runtime has taken over the notebook, or a person has ended all runtimes.
 *
 * ```ts
 * import { AIPythonAgent, DisplacedError } from "@runt/aipython-runtime-agent";
 *
 * const older = new AIPythonAgent();
 * await older.start();
 * const newer = new AIPythonAgent(); // for the same notebook
 * await newer.start();
 * try {
 *   await older.keepAlive();
 * } catch (error) {
 *   if (!(error instanceof DisplacedError)) throw error;
 *   console.error(`${error.successor} serves ${error.notebookId} now`);
 * }
 * await newer.shutdown();
 * ```
 */
export class DisplacedError extends AIPythonError {
  /** The class's name. */
  readonly name = "DisplacedError";
  /** The notebook's id. */
  readonly notebookId: string;
  /** The runtime id of the runtime that has taken over the notebook; `undefined` if there is none. */
  readonly successor?: string;

  /**
   * Creates the error.
   *
   * @param notebookId the notebook's id
   * @param message the problem and how to fix it
   * @param successor the runtime id of the runtime that has taken over the notebook, if there is one
   */
  constructor(notebookId: string, message: string, successor?: string) {
    super(message);
    this.notebookId = notebookId;
    this.successor = successor;
  }
}

/**
 * LiveStore, which stores the notebook in this process, has failed. A new agent reads the notebook from the server again.
 *
 * ```ts
 * import { AIPythonAgent, StoreFailedError } from "@runt/aipython-runtime-agent";
 *
 * async function serve(agent: AIPythonAgent): Promise<void> {
 *   await agent.start();
 *   try {
 *     await agent.keepAlive();
 *   } catch (error) {
 *     if (!(error instanceof StoreFailedError)) throw error;
 *     console.error(`starting again: ${error.message}`);
 *     await serve(new AIPythonAgent());
 *   }
 * }
 *
 * const agent = new AIPythonAgent();
 * const ended = serve(agent);
 * await agent.start();
 * await agent.shutdown();
 * await ended;
 * ```
 */
export class StoreFailedError extends AIPythonError {
  /** The class's name. */
  readonly name = "StoreFailedError";
}

/**
 * The notebook's server has come back with a different log. A new agent serves the notebook as it is on the server now.
 *
 * ```ts
 * import { AIPythonAgent, LogReplacedError } from "@runt/aipython-runtime-agent";
 *
 * async function serve(agent: AIPythonAgent): Promise<void> {
 *   await agent.start();
 *   try {
 *     await agent.keepAlive();
 *   } catch (error) {
 *     if (!(error instanceof LogReplacedError)) throw error;
 *     console.error(`${error.notebookId} has lost ${error.lostEvents.length} events`);
 *     await serve(new AIPythonAgent());
 *   }
 * }
 *
 * const agent = new AIPythonAgent();
 * const ended = serve(agent);
 * await agent.start();
 * await agent.shutdown();
 * await ended;
 * ```
 */
export class LogReplacedError extends AIPythonError {
  /** The class's name. */
  readonly name = "LogReplacedError";
  /** The notebook's id. */
  readonly notebookId: string;
  /** The names of our events that are lost because the server had not stored them. */
  readonly lostEvents: readonly string[];

  /**
   * Creates the error.
   *
   * @param notebookId the notebook's id
   * @param message the problem and how to fix it
   * @param lostEvents the names of our lost events
   */
  constructor(notebookId: string, message: string, lostEvents: readonly string[]) {
    super(message);
    this.notebookId = notebookId;
    this.lostEvents = lostEvents;
  }
}

/**
 * The agent was shut down. It cannot be started again: use a new agent to serve the notebook.
 *
 * ```ts
 * import { AIPythonAgent, ShutdownError } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent();
 * await agent.shutdown();
 * try {
 *   await agent.start();
 * } catch (error) {
 *   if (!(error instanceof ShutdownError)) throw error;
 *   console.error("make a new agent");
 * }
 * ```
 */
export class ShutdownError extends AIPythonError {
  /** The class's name. */
  readonly name = "ShutdownError";

  /** Creates the error. */
  constructor() {
    super("the agent was shut down and cannot be started again: create a new one to serve the notebook");
  }
}

/**
 * The last events could not be delivered before the agent ended.
 *
 * ```ts
 * import { AIPythonAgent, UndeliveredError } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent();
 * await agent.start();
 * try {
 *   await agent.shutdown();
 * } catch (error) {
 *   if (!(error instanceof UndeliveredError)) throw error;
 *   console.error("the notebook lacks the last outputs");
 * }
 * ```
 */
export class UndeliveredError extends AIPythonError {
  /** The class's name. */
  readonly name = "UndeliveredError";
}
