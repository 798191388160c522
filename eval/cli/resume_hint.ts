/**
 * Tells how to continue a run that stopped because its model failed.
 *
 * @module
 */

import { evalFlags } from "./eval_flags.ts";

/** Words that need no quotes in any shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** Explains how to continue the run that was started with these arguments. */
export function resumeHint(args: readonly string[]): string {
  return `Once that is fixed, continue with: ${resumeCommand(args)}\n` +
    "It asks only for the cells that have no score.";
}

/** Returns the command for a POSIX shell: the given one without `--fresh`, which would discard the answers. */
export function resumeCommand(args: readonly string[]): string {
  const kept = args.filter((word) => word !== `--${evalFlags.fresh.flag}`);
  return ["deno task eval", ...kept.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
