/**
 * The signals that ask a command to stop.
 *
 * @module
 */

/** A signal that asks the command to stop. `SIGPIPE` means that a write to stdout failed, for example because `head` has ended. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGTERM";
