/**
 * Every error that this package throws on purpose: a class each, with fields, and a message that says how to mend it.
 *
 * @module
 */

export { AIPythonError } from "./errors/aipython_error.ts";
export { ConfigurationError, type ConfigurationIssue } from "./errors/configuration_error.ts";
export { RefusedError, SyncUnreachableError } from "./errors/server_errors.ts";
export {
  DisplacedError,
  LogReplacedError,
  ShutdownError,
  StoreFailedError,
  UndeliveredError,
} from "./errors/agent_errors.ts";
export { EndOfInputError, StdinNotImplementedError } from "./errors/input_errors.ts";
export { ModelError, type ModelErrorKind } from "./errors/model_error.ts";
