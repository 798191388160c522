/**
 * The signals that ask a command to stop.
 *
 * @module
 */

/** `SIGPIPE` means that a write to stdout failed, for example because `head` has ended. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGTERM";
