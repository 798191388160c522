/**
 * Writes the command that continues a stopped run.
 *
 * @module
 */

import { evalFlags } from "./eval_flags.ts";

/** Words that need no quotes in any shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** Returns the command for a POSIX shell: the given one without `--fresh`, which would discard the answers. */
export function resumeCommand(args: readonly string[]): string {
  const kept = args.filter((word) => word !== `--${evalFlags.fresh.flag}`);
  return ["deno task eval", ...kept.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
