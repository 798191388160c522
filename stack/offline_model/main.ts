/**
 * The offline model as a command: prints the environment variables for a client and serves until it receives SIGINT
 * or SIGTERM.
 *
 * ```sh
 * deno run -A stack/offline_model/main.ts --port 8765
 * ```
 *
 * @module
 */

import { parseArgs } from "node:util";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { commandLogger } from "./command_logger.ts";
import { modelFlags, modelFlagsHelp, readModelFlags } from "./model_flags.ts";
import { type OfflineModelOptions, startOfflineModel } from "./offline_model.ts";

const USAGE = `Usage: deno run -A stack/offline_model/main.ts [--port PORT] [--key KEY]
           [--strict FAMILY] [--forgetful]
           [--context TOKENS [--context-server NAME]]
           [--no-packages | --packages-url URL]

Serves a model that really runs Python behind OpenAI's API on 127.0.0.1, prints
the environment of a client, and runs until it is interrupted.

  --port PORT        the port to listen on (default: a free one)
${modelFlagsHelp}  --help             show this
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

function fail(message: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`offline_model: ${message}\nSee --help.\n`));
  Deno.exit(2);
}

function readFlags(args: string[]): { help: boolean; options: OfflineModelOptions } {
  try {
    const { values: { port, help, ...model } } = parseArgs({
      args,
      options: {
        port: { type: "string", default: "0" },
        ...modelFlags,
        help: { type: "boolean", default: false },
      },
    });
    return { help, options: { port: readPort(port), ...readModelFlags(model) } };
  } catch (error) {
    fail((error as Error).message);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port must be a port from 0 to 65535, not ${JSON.stringify(text)}`);
}

const { help, options } = readFlags(Deno.args);
if (help) {
  write(USAGE);
  Deno.exit(0);
}

const stopped = Promise.withResolvers<void>();
createDenoHost().onStopSignal(() => stopped.resolve());
const model = await startOfflineModel({ ...options, logger: commandLogger() });
write(`OPENAI_BASE_URL=${model.url}\nOPENAI_API_KEY=${model.apiKey}\n`);
await stopped.promise;
await model.stop();
Deno.exit(0);
