/**
 * Runs `aipython repl` in a pseudo-terminal, against a scripted model server, with a separate state folder.
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

/** A state folder for sessions, and the model server that answers. */
export interface ReplWorkspace extends AsyncDisposable {
  server: ScriptedModelServer;
  /** The state folder. */
  folder: string;
  /** Starts a session; without its environment's `NO_COLOR` if there are colours to see. */
  open(args?: string[], environment?: Record<string, string>, window?: Window): PseudoTerminal;
  /** The code of the cell that a request was sent for. */
  codeOf(request: number): string;
}

type Window = Pick<PseudoTerminalOptions, "rows" | "columns">;

/** Opens a workspace whose model answers by a script. */
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

/** Enters cells one by one: each is typed at its prompt and has been run when the next prompt is there. */
export async function enterCells(terminal: PseudoTerminal, ...cells: string[]): Promise<void> {
  for (const cell of cells) {
    await terminal.type(cell + keys.enter);
    await terminal.until(/\r\n\r\n(?=In \[\d+\]: $)/);
  }
}

/** Leaves, and returns the exit code. */
export async function leave(terminal: PseudoTerminal): Promise<number> {
  await terminal.type(keys.ctrl("d"));
  return await terminal.exitCode();
}
