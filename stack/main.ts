/**
 * `deno task stack`: a local notebook server and an offline model, until it is stopped. It prints the environment that attaches
 * an agent to them.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { createDenoHost } from "../src/cli/host/deno_host.ts";
import { newNotebookId } from "./notebook_id.ts";
import { commandLogger } from "./offline_model/command_logger.ts";
import { modelFlags, modelFlagsHelp, type ModelFlagValues, readModelFlags } from "./offline_model/model_flags.ts";
import { type OfflineModelOptions, startOfflineModel } from "./offline_model/offline_model.ts";
import { startSyncServer } from "./sync_server/start.ts";

const usage = `Usage: deno task stack [--port PORT] [--model-port PORT] [--data-dir DIR]
                       [--key KEY] [--strict FAMILY] [--forgetful]
                       [--context TOKENS [--context-server NAME]]
                       [--no-packages | --packages-url URL]

Starts a notebook server (sync-cf on workerd) and an offline model (Pyodide) on
127.0.0.1, prints the environment to attach an agent with, and runs until it is
interrupted.

  --port PORT        the notebook server's port (default: a free one)
  --model-port PORT  the offline model's port (default: a free one)
  --data-dir DIR     keep notebooks in DIR (default: discard them at the end)
${modelFlagsHelp}  --help             show this
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

const complain = (message: string) => Deno.stderr.writeSync(new TextEncoder().encode(`stack: ${message}\n`));

function misused(message: string): never {
  complain(`${message}\nSee deno task stack --help.`);
  Deno.exit(2);
}

function readFlags() {
  try {
    return parseArgs({
      args: Deno.args,
      options: {
        port: { type: "string", default: "0" },
        "model-port": { type: "string", default: "0" },
        "data-dir": { type: "string" },
        ...modelFlags,
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    misused((error as Error).message);
  }
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    misused(`--${flag} must be a port from 0 to 65535, not ${JSON.stringify(text)}`);
  }
  return port;
}

function modelOptionsOf(values: ModelFlagValues): OfflineModelOptions {
  try {
    return readModelFlags(values);
  } catch (error) {
    misused((error as Error).message);
  }
}

const flags = readFlags();
if (flags.help) {
  write(usage);
  Deno.exit(0);
}

const stopped = new AbortController();
createDenoHost().onStopSignal(() => stopped.abort());

const ports = { sync: portOf("port", flags.port), model: portOf("model-port", flags["model-port"]) };
const modelOptions = modelOptionsOf(flags);

/** Runs both servers until a signal or an error stops them. */
async function serve(signal: AbortSignal): Promise<void> {
  await using server = await startSyncServer({ port: ports.sync, dataDir: flags["data-dir"], signal });
  await using model = await startOfflineModel({ ...modelOptions, port: ports.model, logger: commandLogger(), signal });
  write(`export LIVESTORE_SYNC_URL=${server.syncUrl}
export AUTH_TOKEN=${server.authToken}
export NOTEBOOK_ID=${newNotebookId()}
export OPENAI_BASE_URL=${model.url}
export OPENAI_API_KEY=${model.apiKey}
export AIPYTHON_MODEL=${model.name}
`);
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
}

try {
  await serve(stopped.signal);
} catch (error) {
  if (!stopped.signal.aborted) {
    complain((error as Error).message);
    Deno.exit(1);
  }
}
Deno.exit(0);
