/**
 * A real LiteLLM proxy, as a gateway between an agent and a model server.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { testPython } from "../support/python_packages.ts";

/** The key that the proxy accepts. */
export const PROXY_KEY = "sk-proxy-0123456789";

/** The line that the proxy's server writes when it is ready for requests. */
const LISTENING = /Uvicorn running on/;

/** A model behind the proxy. */
export interface ProxiedModel {
  /** The base URL of its server. */
  baseUrl: string;
  /** The key of its server. Default: none. */
  apiKey?: string;
  /** Its name on that server. */
  model: string;
}

export interface LiteLLMProxy extends AsyncDisposable {
  /** The base URL for a client. */
  baseUrl: string;
}

/**
 * Starts a proxy on loopback. It connects only to the model servers. Stop it with `await using`.
 *
 * @param models the models, by the names under which the proxy offers them
 */
export async function startLiteLLM(models: Record<string, ProxiedModel>): Promise<LiteLLMProxy> {
  const folder = await Deno.makeTempDir();
  const config = join(folder, "config.json");
  await Deno.writeTextFile(config, JSON.stringify(configFor(models)));
  const port = await freePort();
  const server = spawn(testPython, ["-c", "from litellm import run_server; run_server()", ...flags(config, port)], {
    cwd: folder,
    env: { HOME: folder, PATH: Deno.env.get("PATH"), LITELLM_LOCAL_MODEL_COST_MAP: "True", NO_PROXY: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(server, "exit");
  const running = Promise.withResolvers<void>();
  const said: string[] = [];
  const readers = [createInterface(server.stdout), createInterface(server.stderr)];
  for (const lines of readers) {
    lines.on("line", (line) => {
      said.push(line);
      if (LISTENING.test(line)) running.resolve();
    });
  }
  exited.then(() => running.reject(new Error(`The proxy did not start: ${said.join("\n")}`)));
  await running.promise;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL");
      await exited;
      for (const lines of readers) lines.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function configFor(models: Record<string, ProxiedModel>): object {
  return {
    model_list: Object.entries(models).map(([model_name, { baseUrl, apiKey = "none", model }]) => ({
      model_name,
      litellm_params: { model: `openai/${model}`, api_base: baseUrl, api_key: apiKey },
    })),
    general_settings: { master_key: PROXY_KEY },
    litellm_settings: { num_retries: 0, telemetry: false },
  };
}

function flags(config: string, port: number): string[] {
  return ["--config", config, "--host", "127.0.0.1", "--port", String(port), "--num_workers", "1"];
}

/** Finds a free port. The proxy cannot choose a port itself and report it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
