/**
 * Tells how to continue a run that stopped because its model failed.
 *
 * @module
 */

import { evalFlags } from "./eval_flags.ts";

/** Words that every shell takes as they are. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * Explains how to continue the run.
 *
 * @param args the arguments that were given
 */
export function resumeHint(args: readonly string[]): string {
  return `Once that is fixed, continue with: ${resumeCommand(args)}\n` +
    "It asks only for the cells that have no score.";
}

/**
 * Writes the command for a POSIX shell. It is the one that was given, without `--fresh`, which would forget the answers.
 *
 * @param args the arguments that were given
 */
export function resumeCommand(args: readonly string[]): string {
  const kept = args.filter((word) => word !== `--${evalFlags.fresh.flag}`);
  return ["deno task eval", ...kept.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
