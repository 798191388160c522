/**
 * Every error that this package throws on purpose: a class each, with fields, and a message that says how to mend it.
 *
 * @module
 */

/** The base of this package's errors: `error instanceof AIPythonError` tells them from defects. */
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

/** The settings are incomplete or wrong. All that is wrong is reported at once. */
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

/** A server refused our credentials. */
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

/** The notebook's server could not be reached, or is not one. */
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

/** Our session in the notebook was ended there: another runtime has taken the notebook over, or somebody has ended all runtimes. */
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

/** LiveStore, which holds the notebook, has failed. A fresh start reads the notebook from the server again. */
export class StoreFailedError extends AIPythonError {
  /** The class's name. */
  readonly name = "StoreFailedError";
}

/** The notebook's server has come back with another log of the notebook. A fresh start serves the notebook as the server has it now. */
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

/** The agent was shut down. It is not started again: a new one serves the notebook. */
export class ShutdownError extends AIPythonError {
  /** The class's name. */
  readonly name = "ShutdownError";

  /** Makes the error. */
  constructor() {
    super("the agent was shut down, and is not started again: make a new one to serve the notebook");
  }
}

/** Events could not be delivered before leaving. */
export class UndeliveredError extends AIPythonError {
  /** The class's name. */
  readonly name = "UndeliveredError";
}

/** The front end of a running cell cannot ask the person for input, at least not now. */
export class StdinNotImplementedError extends AIPythonError {
  /** The class's name. */
  readonly name = "StdinNotImplementedError";

  /** Makes the error. */
  constructor() {
    super("This front end does not support input requests.");
  }
}

/** The person has ended the input that a running cell asked for, as Ctrl-D does, instead of typing a line. */
export class EndOfInputError extends AIPythonError {
  /** The class's name. */
  readonly name = "EndOfInputError";

  /** Makes the error. */
  constructor() {
    super("The input has ended without a line.");
  }
}

/** What went wrong between us and a model. */
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

/** A model did not give a usable answer. The message names the cause and is fit to be shown in the notebook. */
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
