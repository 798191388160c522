/**
 * The environment in which a job is done, and a function that runs a command there.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ClientOptions } from "../../support/notebook_client.ts";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";

/** The environment in which a job is done. */
export interface Workplace {
  /** The path of Deno. */
  deno: string;
  /** Returns Deno's arguments that run the command with the permissions of the job. */
  command(...args: string[]): string[];
  /** The working directory. It contains `cell.py` and an `.env` that names the model. */
  folder: string;
  /** Another folder, for the command's own files and for temporary files. */
  elsewhere: string;
  /** The command's environment, which also names the notebook and the model server. */
  environment: Readonly<Record<string, string>>;
  /** The model server. It answers each cell with {@linkcode RED} and a picture. */
  model: ScriptedModelServer;
  notebook: ClientOptions;
}

/** A job. Rejects if the command did not do it. */
export type Job = (place: Workplace) => Promise<void>;

/** The jobs of a command. */
export interface CommandJobs {
  /** The job that uses the whole command. */
  whole: Job;
  /** Jobs that each show that the command reads a variable, by variable. */
  variables: Readonly<Record<string, Job>>;
}

/** The name of the model in `.env`. */
export const MODEL = "from-env-file";

/** The output of every cell. */
export const RED = "\x1b[31mserved\x1b[0m\n";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** Runs the command without a terminal until it exits, and returns its output. */
export async function end(place: Workplace, args: readonly string[], environment?: Environment): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(place.deno, {
    args: place.command(...args),
    env: { ...place.environment, ...environment },
    clearEnv: true,
    cwd: place.folder,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const written = decoder.decode(stdout) + decoder.decode(stderr);
  assert.equal(code, 0, written);
  return written;
}
