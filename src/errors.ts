/**
 * Every error that this package throws on purpose: a class each, with fields, and a message that says how to mend it.
 *
 * @module
 */

/**
 * The base of this package's errors: `error instanceof AIPythonError` tells them from defects.
 *
 * ```ts
 * import { AIPythonError, createModel } from "@runt/aipython-runtime-agent";
 *
 * try {
 *   await createModel({ stallTimeout: -1 });
 * } catch (error) {
 *   if (!(error instanceof AIPythonError)) throw error;
 *   console.error(`${error.name}: ${error.message}`);
 * }
 * ```
 */
export abstract class AIPythonError extends Error {
  /** The class's name. */
  abstract override readonly name: string;
}

/** One thing that is wrong with the settings. */
export interface ConfigurationIssue {
  /** The option's name in {@linkcode AIPythonAgentOptions}: `authToken`; absent where no option fits, as for an unknown flag. */
  option?: string;
  /** What is wrong and how to mend it, naming the flag and the environment variable. */
  message: string;
}

/**
 * The settings are incomplete or wrong. All that is wrong is reported at once.
 *
 * ```ts
 * import { AIPythonAgent, ConfigurationError, type ConfigurationIssue } from "@runt/aipython-runtime-agent";
 *
 * function describe({ option = "options", message }: ConfigurationIssue): string {
 *   return `${option}: ${message}`;
 * }
 *
 * try {
 *   new AIPythonAgent({ maxHistoryLength: -1, runtimeId: "7" });
 * } catch (error) {
 *   if (!(error instanceof ConfigurationError)) throw error;
 *   console.error(error.issues.map(describe).join("\n"));
 * }
 * ```
 */
export class ConfigurationError extends AIPythonError {
  /** The class's name. */
  readonly name = "ConfigurationError";
  /** Everything that is wrong, in the order of the option table. */
  readonly issues: readonly ConfigurationIssue[];

  /**
   * Makes the error; its message is that of all issues.
   *
   * @param issues everything that is wrong
   */
  constructor(issues: readonly ConfigurationIssue[]) {
    super(issues.map((issue) => issue.message).join("\n"));
    this.issues = issues;
  }
}

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

/**
 * Our session in the notebook was ended there: another runtime has taken the notebook over, or somebody has ended all runtimes.
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
  /** The runtime id of the runtime that has taken the notebook over; `undefined` where none has. */
  readonly successor?: string;

  /**
   * Makes the error.
   *
   * @param notebookId the notebook's id
   * @param message what happened
   * @param successor the runtime id of the runtime that has taken the notebook over, if one has
   */
  constructor(notebookId: string, message: string, successor?: string) {
    super(message);
    this.notebookId = notebookId;
    this.successor = successor;
  }
}

/**
 * LiveStore, which holds the notebook, has failed. A fresh start reads the notebook from the server again.
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
 * The notebook's server has come back with another log of the notebook. A fresh start serves the notebook as the server has it now.
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
  /** The names of our events that are lost because the server had not taken them. */
  readonly lostEvents: readonly string[];

  /**
   * Makes the error.
   *
   * @param notebookId the notebook's id
   * @param message what happened, and what to do
   * @param lostEvents the names of our events that are lost
   */
  constructor(notebookId: string, message: string, lostEvents: readonly string[]) {
    super(message);
    this.notebookId = notebookId;
    this.lostEvents = lostEvents;
  }
}

/**
 * The agent was shut down. It is not started again: a new one serves the notebook.
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

  /** Makes the error. */
  constructor() {
    super("the agent was shut down, and is not started again: make a new one to serve the notebook");
  }
}

/**
 * Events could not be delivered before leaving.
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

/**
 * The front end of a running cell cannot ask the person for input, at least not now.
 *
 * ```ts
 * import { CellOutputs, StdinNotImplementedError } from "@runt/aipython-runtime-agent";
 *
 * // A cell that calls input() ends in a StdinNotImplementedError, as in a notebook without a person.
 * const context = new CellOutputs({ onInput: () => Promise.reject(new StdinNotImplementedError()) });
 * console.log(context.outputs);
 * ```
 */
export class StdinNotImplementedError extends AIPythonError {
  /** The class's name. */
  readonly name = "StdinNotImplementedError";

  /** Makes the error. */
  constructor() {
    super("This front end does not support input requests.");
  }
}

/**
 * The person has ended the input that a running cell asked for, as Ctrl-D does, instead of typing a line.
 *
 * ```ts
 * import { CellOutputs, EndOfInputError } from "@runt/aipython-runtime-agent";
 *
 * // The person's answers. A cell that asks for more ends in an EOFError.
 * const answers = ["Ada", "36"];
 * const context = new CellOutputs({
 *   async onInput() {
 *     const answer = answers.shift();
 *     if (answer === undefined) throw new EndOfInputError();
 *     return answer;
 *   },
 * });
 * console.log(context.inputs);
 * ```
 */
export class EndOfInputError extends AIPythonError {
  /** The class's name. */
  readonly name = "EndOfInputError";

  /** Makes the error. */
  constructor() {
    super("The input has ended without a line.");
  }
}

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
