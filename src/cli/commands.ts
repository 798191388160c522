/**
 * Every command of the program.
 *
 * @module
 */

import { closest } from "../options/closest.ts";
import { attachCommand } from "./attach/attach_command.ts";
import { checkCommand } from "./check/check_command.ts";
import type { CommandEntry } from "./command.ts";
import { kernelCommand } from "./kernel/kernel_command.ts";
import { replCommand } from "./repl/repl_command.ts";
import { runCommand } from "./run/run_command.ts";

/** The commands; the one that is called without a word is the first. */
export const commands: readonly CommandEntry[] = [attachCommand, runCommand, replCommand, checkCommand, kernelCommand];

/** A command that is called. */
export interface Call {
  command: CommandEntry;
  /** The remaining words. */
  args: readonly string[];
}

/**
 * Finds the command that is called. `help run` stands for `run --help`.
 *
 * @param args the arguments after the program's name
 */
export function findCommand(args: readonly string[]): Call {
  const [first, ...rest] = args;
  if (first === "help") {
    const { command } = findCommand(rest);
    return { command, args: ["--help"] };
  }
  const named = commands.find(({ name }) => name !== "" && name === first);
  return named === undefined ? { command: attachCommand, args } : { command: named, args: rest };
}

/** Advises on a word that no command takes. */
export function adviseOnWord(word: string): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== "");
  if (names.includes(word)) return `a command comes first: aipython ${word} ...`;
  const meant = closest(word, names);
  return meant === undefined ? `the commands are ${names.join(", ")}` : `did you mean the command ${meant}?`;
}
