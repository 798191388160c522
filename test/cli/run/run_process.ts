/**
 * Runs `aipython run` with a scripted model server in its own folder.
 *
 * @module
 */

import { type ProcessResult, runToEnd, startCommand } from "../command_process.ts";
import {
  type ScriptedModelOptions,
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import type { Step } from "../../support/scripted_answer.ts";

/** A folder with files to run, and the model server for their cells. */
export interface RunWorkspace extends AsyncDisposable {
  server: ScriptedModelServer;
  /** The folder. It is the working directory and contains temporary files, too. */
  folder: string;
  /** Writes a text file in the folder. */
  write(name: string, content: string): Promise<void>;
  /** Writes a binary file in the folder. */
  writeBytes(name: string, content: Uint8Array): Promise<void>;
  /** Reads a file in the folder. */
  read(name: string): Promise<string>;
  /** Runs the command until it exits. `environment` adds variables. */
  run(args: string[], input?: string, environment?: Record<string, string>): Promise<ProcessResult>;
  /** Starts the command. The caller must await its status. `environment` adds variables. */
  start(args: string[], environment?: Record<string, string>): Deno.ChildProcess;
  /** Runs the command until it exits, with its stdout written to a file. */
  runInto(stdoutFile: string, args: string[]): Promise<ProcessResult>;
}

/**
 * The permissions that the command needs in addition to those of an attached agent: it writes its notebook and pictures, and it
 * starts the offline model.
 */
export const runPermissions = ["--allow-write", "--allow-run"];

/** Returns the variables that select a model server. */
export function modelEnvironment(server: ScriptedModelServer): Record<string, string> {
  return { OPENAI_API_KEY: "s3cret-key", OPENAI_BASE_URL: server.baseUrl, AIPYTHON_MODEL: "scripted" };
}

/**
 * Opens a workspace.
 *
 * @param scripts the model's answers to the first cell, the second, and so on; the last one also answers all later cells
 */
export function openRunWorkspace(...scripts: Step[][]): Promise<RunWorkspace> {
  return openRunWorkspaceWith(({ number }) => scripts[Math.min(number, scripts.length - 1)]);
}

/** Opens a workspace whose server answers with a function or another script. */
export async function openRunWorkspaceWith(
  source: ScriptSource,
  answers: ScriptedModelOptions = {},
): Promise<RunWorkspace> {
  const server = await startScriptedModel(source, answers);
  const folder = await Deno.makeTempDir();
  const options = {
    directory: folder,
    environment: { ...modelEnvironment(server), TMPDIR: folder },
    permissions: runPermissions,
  };
  return {
    server,
    folder,
    write: (name, content) => Deno.writeTextFile(`${folder}/${name}`, content),
    writeBytes: (name, content) => Deno.writeFile(`${folder}/${name}`, content),
    read: (name) => Deno.readTextFile(`${folder}/${name}`),
    run: (args, input, environment) =>
      runToEnd(["run", ...args], { ...options, input, environment: { ...options.environment, ...environment } }),
    start: (args, environment) =>
      startCommand(["run", ...args], { ...options, environment: { ...options.environment, ...environment } }),
    runInto: (stdoutFile, args) => runToEnd(["run", ...args], { ...options, stdoutFile }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
