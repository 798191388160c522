/**
 * Starts a process and reads what it writes on stderr.
 *
 * @module
 */

import { WrittenText } from "./written_text.ts";

/** A process, and its stderr so far. Leaving `await using` kills it. */
export interface WatchedProcess extends AsyncDisposable {
  child: Deno.ChildProcess;
  written: WrittenText;
}

/**
 * Starts a process without stdin and stdout. The caller ends it.
 *
 * @param words the program and its arguments
 * @param options all of its environment, and its folder, that of the test by default
 */
export function startWatched(
  [program, ...args]: readonly string[],
  { env, cwd }: { env: Readonly<Record<string, string>>; cwd?: string },
): WatchedProcess {
  const streams = { stdin: "null", stdout: "null", stderr: "piped" } as const;
  const child = new Deno.Command(program, { args, cwd, env, clearEnv: true, ...streams }).spawn();
  return { child, written: new WrittenText(child.stderr), [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
