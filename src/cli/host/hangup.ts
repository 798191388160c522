/**
 * Detects whether the process was started with `nohup`, which makes it ignore SIGHUP.
 *
 * @module
 */

import { node } from "./node_builtin.ts";

/** The file in which Linux lists the signals that a process ignores. Deno lets only a program with all permissions read it. */
const STATUS_FILE = "/proc/self/status";
/** SIGHUP in the mask of ignored signals: bit 0, as its number is 1. */
const SIGHUP_BIT = 1n;
/** The device number of Linux's `/dev/null`: major 1, minor 3. */
const NULL_DEVICE = 0x103;
const STDIN = 0;

/**
 * Returns whether the process was started to ignore SIGHUP, as `nohup` does. Call it before the first signal listener is added, because
 * Deno handles SIGHUP itself from then on. If the process may not read the ignored signals, `nohup` is recognized by its stdin: it
 * replaces a terminal with `/dev/null`, opened only for writing.
 *
 * @param hasTerminal whether stdin, stdout or stderr is a terminal. `nohup` leaves none, and without one Deno does not ask for permissions
 */
export function ignoresHangup(hasTerminal: boolean): boolean {
  return !hasTerminal && (ignoredAccordingToLinux() ?? isStdinUnreadable());
}

/** Returns whether the process ignores SIGHUP; `undefined` if that cannot be read. */
function ignoredAccordingToLinux(): boolean | undefined {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(node.fs.readFileSync(STATUS_FILE, "utf8"))?.[1];
    return mask === undefined ? undefined : (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n;
  } catch {
    return undefined;
  }
}

/** Returns whether stdin is a null device that cannot be read. Other devices are not read, because that could block or lose input. */
function isStdinUnreadable(): boolean {
  let isNull: boolean;
  try {
    isNull = node.fs.fstatSync(STDIN).rdev === NULL_DEVICE;
  } catch {
    return false;
  }
  try {
    if (isNull) node.fs.readSync(STDIN, new Uint8Array(1));
    return false;
  } catch {
    return true;
  }
}
