/**
 * All errors that this package throws intentionally. Each is a class with fields, and its message says how to fix the problem.
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
