/**
 * The common parts of this folder's tasks: flags, help, and errors about wrong usage.
 *
 * @module
 */

import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

export interface Task {
  /** The task's name, such as `deploy:token`. */
  name: string;
  /** The text of `--help`. */
  usage: string;
}

export function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

export function misused({ name }: Task, message: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${name}: ${message}\nSee deno task ${name} --help.\n`));
  Deno.exit(2);
}

/** Reads the task's flags. Ends the process after `--help`, and if the flags are wrong. */
export function readFlags<const Options extends ParseArgsOptionsConfig>(task: Task, options: Options) {
  if (Deno.args.includes("--help")) {
    write(task.usage);
    Deno.exit(0);
  }
  try {
    return parseArgs({ args: Deno.args, options }).values;
  } catch (error) {
    misused(task, (error as Error).message);
  }
}
