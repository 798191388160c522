/**
 * Runs the command `deno task notebook` as a process and reads its output.
 *
 * @module
 */

import { startStackCommand } from "../../../test/stack/stack_command.ts";

/** A running command. */
export interface NotebookCommand {
  /** The process id. */
  readonly pid: number;
  /** Resolves with the page's address when it is served. Rejects if the command ends before that. */
  readonly serving: Promise<string>;
  /** Resolves with the exit code and all output when the process has ended. */
  readonly ended: Promise<{ code: number; screen: string; complaints: string }>;
  /** Sends a signal and waits until the process has ended. */
  stop(signal: Deno.Signal): Promise<{ code: number; screen: string; complaints: string }>;
}

/** Environment variables with a model server that does not exist, for a command that requests no model. */
export const modelNowhere = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };

/**
 * Starts the command.
 *
 * @param script the command's script, or one that starts it
 */
export function startNotebookCommand(
  flags: string[],
  environment: Record<string, string> = modelNowhere,
  script: string[] = ["web/server/main.ts"],
): NotebookCommand {
  const [file, ...scriptFlags] = script;
  return followCommand(startStackCommand(file, environment, ...scriptFlags, ...flags));
}

/** Reads the output of a command that was started in another way. */
export function followCommand(command: Deno.ChildProcess): NotebookCommand {
  const complaints = new Response(command.stderr).text();
  const served = Promise.withResolvers<string>();
  served.promise.catch(() => {});
  const ended = (async () => {
    let screen = "";
    for await (const text of command.stdout.pipeThrough(new TextDecoderStream())) {
      screen += text;
      const address = /Notebooks +(http:\S+)\n/.exec(screen)?.[1];
      if (address !== undefined && screen.includes("Ctrl-C stops it.")) served.resolve(address);
    }
    const { code } = await command.status;
    served.reject(new Error(`the command ended with ${code}: ${screen}${await complaints}`));
    return { code, screen, complaints: await complaints };
  })();
  return {
    pid: command.pid,
    serving: served.promise,
    ended,
    stop(signal) {
      command.kill(signal);
      return ended;
    },
  };
}
