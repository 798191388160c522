/**
 * Whether `nohup` has made the process ignore SIGHUP.
 *
 * @module
 */

import { node } from "./node_builtin.ts";

/** The file in which Linux shows what signals a process ignores. Deno lets a program read it that has all permissions. */
const STATUS_FILE = "/proc/self/status";
/** SIGHUP in the mask of ignored signals: bit 0, as its number is 1. */
const SIGHUP_BIT = 1n;
/** The device number of Linux's `/dev/null`: major 1, minor 3. */
const NULL_DEVICE = 0x103;
/** The file descriptor of stdin. */
const STDIN = 0;

/**
 * Whether the process was started to ignore SIGHUP, as `nohup` does. Ask before the first signal listener is added: Deno then handles SIGHUP
 * itself. Where Deno does not let the process see what it ignores, `nohup` is known by what it does to a terminal's stdin: it becomes
 * `/dev/null`, opened for writing only.
 *
 * @param hasTerminal whether stdin, stdout or stderr is a terminal; `nohup` leaves none, and Deno asks nobody for permissions then
 */
export function ignoresHangup(hasTerminal: boolean): boolean {
  return !hasTerminal && (ignoredAccordingToLinux() ?? isStdinUnreadable());
}

/** Whether the process ignores SIGHUP; nothing where that cannot be read. */
function ignoredAccordingToLinux(): boolean | undefined {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(node.fs.readFileSync(STATUS_FILE, "utf8"))?.[1];
    return mask === undefined ? undefined : (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n;
  } catch {
    return undefined;
  }
}

/** Whether stdin is a null device that cannot be read. Nothing else is read: that could wait, or take what is meant for the command. */
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
