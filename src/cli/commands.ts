/**
 * The list of commands, and the lookup of the one that is called.
 *
 * @module
 */

import { closest } from "../options/closest.ts";
import { attachCommand } from "./attach/attach_command.ts";
import { checkCommand } from "./check/check_command.ts";
import type { CommandEntry } from "./command.ts";
import { healthCommand } from "./health/health_command.ts";
import { kernelCommand } from "./kernel/kernel_command.ts";
import { kernelspecCommands } from "./kernel/kernelspec_commands.ts";
import { replCommand } from "./repl/repl_command.ts";
import { runCommand } from "./run/run_command.ts";
import { traceCommand } from "./trace/trace_command.ts";

/** All commands. The first one is the default, which has no name. */
export const commands: readonly CommandEntry[] = [
  attachCommand,
  runCommand,
  replCommand,
  checkCommand,
  healthCommand,
  traceCommand,
  kernelCommand,
  ...kernelspecCommands,
];

export interface Call {
  command: CommandEntry;
  /** The words after the command's name. */
  args: readonly string[];
}

/**
 * Finds the command that is called. `help run` means `run --help`.
 *
 * @param args the arguments after the program's name
 */
export function findCommand(args: readonly string[]): Call {
  const [first, second, ...rest] = args;
  if (first === "help") {
    const { command } = findCommand(args.slice(1));
    return { command, args: ["--help"] };
  }
  const ofTwoWords = commands.find(({ name }) => name === `${first} ${second}`);
  if (ofTwoWords !== undefined) return { command: ofTwoWords, args: rest };
  const named = commands.find(({ name }) => name !== "" && name === first);
  return named === undefined ? { command: attachCommand, args } : { command: named, args: args.slice(1) };
}

/** Returns advice about a word that is not a command: the command that was probably meant, or the list of commands. */
export function adviseOnWord(word: string): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== "");
  if (names.includes(word)) return `the command must come first: aipython ${word} ...`;
  const meant = closest(word, names);
  const firstWords = names.filter((name) => !name.includes(" "));
  return meant === undefined ? `the commands are ${firstWords.join(", ")}` : `did you mean the command ${meant}?`;
}
