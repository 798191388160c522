/**
 * The signals that ask a command to stop.
 *
 * @module
 */

/** A signal that asks the command to stop. `SIGPIPE` is a write that failed because the reader of stdout has gone, as `head` does. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGTERM";
