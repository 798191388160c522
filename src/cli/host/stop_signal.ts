/**
 * The signals that ask a command to stop.
 *
 * @module
 */

/** A signal that asks the command to stop. `SIGPIPE` is a write to stdout that failed, as when its reader is `head`. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGTERM";
