/**
 * The signals that ask a command to stop.
 *
 * @module
 */

/** A signal that asks the command to stop. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGTERM";
