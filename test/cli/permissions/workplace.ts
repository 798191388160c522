/**
 * The place where the tasks of commands are done, and how a command is run there.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ClientOptions } from "../../support/notebook_client.ts";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";

/** Where a job is done. */
export interface Workplace {
  /** The program that is Deno. */
  deno: string;
  /** Deno's arguments that run the command in question with the permissions in question. */
  command(...args: string[]): string[];
  /** The working directory: it has an `.env` that names the model, and `cell.py`. */
  folder: string;
  /** Another folder, for what the command keeps and for temporary files. */
  elsewhere: string;
  /** All that the command is given: where notebook and model are, too. */
  environment: Readonly<Record<string, string>>;
  /** Answers each cell with {@linkcode RED} text and a picture. */
  model: ScriptedModelServer;
  notebook: ClientOptions;
}

/** Does a job; rejects if the command did not. */
export type Job = (place: Workplace) => Promise<void>;

/** The jobs of a command. */
export interface CommandJobs {
  /** All that it is for. */
  whole: Job;
  /** By the variable that each shows to be read. */
  variables: Readonly<Record<string, Job>>;
}

/** The model that `.env` names. */
export const MODEL = "from-env-file";

/** The output of every cell. */
export const RED = "\x1b[31mserved\x1b[0m\n";

/** Variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** Runs the command to its end without a terminal, and returns what it wrote. */
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
