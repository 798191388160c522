/**
 * Runs `aipython repl` in a pseudo-terminal with a scripted model server and its own state folder.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import {
  keys,
  openPseudoTerminal,
  type PseudoTerminal,
  type PseudoTerminalOptions,
} from "../../support/pseudo_terminal.ts";
import {
  type ScriptedModelOptions,
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { aipython } from "../command_process.ts";
import { modelEnvironment } from "../run/run_process.ts";

/** A folder for sessions and the model server for their cells. */
export interface ReplWorkspace extends AsyncDisposable {
  server: ScriptedModelServer;
  /** The working directory. It also contains the state of the sessions. */
  folder: string;
  /** Starts a session. Colours are off unless `environment` sets `NO_COLOR` to "". */
  open(args?: string[], environment?: Record<string, string>, window?: Window): PseudoTerminal;
  /** Returns the last message of a request to the model, which ends with the cell's code. */
  codeOf(request: number): string;
}

type Window = Pick<PseudoTerminalOptions, "rows" | "columns">;

/** Opens a workspace. Its model answers according to the script. */
export async function openReplWorkspace(
  source: ScriptSource,
  options: ScriptedModelOptions = {},
): Promise<ReplWorkspace> {
  const server = await startScriptedModel(source, options);
  const folder = await Deno.makeTempDir();
  const own = ["HOME", "DENO_DIR", "PATH"].flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []);
  const env = {
    ...Object.fromEntries(own),
    ...modelEnvironment(server),
    NO_COLOR: "1",
    XDG_STATE_HOME: folder,
  };
  return {
    server,
    folder,
    open(args = [], environment = {}, window = {}) {
      const command = [Deno.execPath(), "run", "--allow-all", "--quiet", fileURLToPath(aipython), "repl", ...args];
      return openPseudoTerminal(command, { env: { ...env, ...environment }, cwd: folder, ...window });
    },
    codeOf: (request) => server.requests[request].body.messages.at(-1).content,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Enters cells one by one. Each one is typed at its prompt, and the next prompt shows that it has ended. */
export async function enterCells(terminal: PseudoTerminal, ...cells: string[]): Promise<void> {
  for (const cell of cells) {
    await terminal.type(cell + keys.enter);
    await terminal.until(/\r\n\r\n(?=In \[\d+\]: $)/);
  }
}

/** Presses Ctrl-D and returns the exit code. */
export async function leave(terminal: PseudoTerminal): Promise<number> {
  await terminal.type(keys.ctrl("d"));
  return await terminal.exitCode();
}
