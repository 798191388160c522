/**
 * Replaces a language model by one that makes no errors: an OpenAI-compatible server that runs the last cell in
 * Python, and answers with the tool calls for its outputs.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type Logger, silentLogger } from "../../src/logger.ts";
import { PERSONA } from "../../src/python/persona.ts";
import { type ContextServer, contextServerOf } from "../strict_model/context_server.ts";
import type { ModelFamily } from "../strict_model/family.ts";
import { ContextWindow } from "./context_window.ts";
import { KERNEL_LIMITS, type KernelLimits } from "./kernel_limits.ts";
import { Kernels } from "./kernels.ts";
import { DEFAULT_KEY } from "./model_request.ts";
import { createModelServer, MODEL_NAME } from "./model_server.ts";
import { openPackages, type PackageSource } from "./packages/open_packages.ts";
import type { Packages } from "./packages/packages.ts";
import type { BootOptions } from "./protocol.ts";
import { PythonProcess } from "./python_process.ts";
import { makeApiKey, RequestGuard } from "./request_guard.ts";
import { findSnapshot } from "./snapshot_cache.ts";
import { loadTokenizer } from "./tokenizer.ts";

export interface OfflineModelOptions {
  /** The port to listen on. Default: 0, a free one. */
  port?: number;
  /** The API key that requests must have. Default: a random one. */
  apiKey?: string;
  /**
   * The family whose servers it imitates in refusing requests, with the same errors. It then also refuses requests
   * that lack an earlier answer. Default: it refuses the requests that OpenAI's server refuses.
   */
  strict?: ModelFamily;
  /**
   * Limits the model's knowledge to the request: omitted cells are unknown, and shortened ones are known as far as the
   * request contains them. Default: the model also remembers the cells that it has run, which hides omissions of the
   * agent.
   */
  forgetful?: boolean;
  /** Tokens that a request and its answer may have together. Default: any number. */
  contextLength?: number;
  /** The server whose treatment of longer requests is imitated. Default: the server of the family. */
  contextServer?: ContextServer;
  /** Limits of the Python processes. Default: {@linkcode KERNEL_LIMITS}. */
  limits?: Partial<KernelLimits>;
  /** Aborting it stops the model. */
  signal?: AbortSignal;
  /**
   * The source of the packages that cells import; `off` if the user has disabled them, which the errors then say.
   * Default: no packages.
   */
  packages?: PackageSource | "off";
  /**
   * The folder of packages and of memory snapshots, which make the boot fast. Default: `.cache/offline_model` in the
   * repository.
   */
  cacheDir?: string;
  /** Logs that a snapshot could not be used, and that packages are fetched. */
  logger?: Logger;
}

export interface OfflineModel extends AsyncDisposable {
  /** The base URL for an OpenAI client: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** The API key that requests must have. */
  readonly apiKey: string;
  /** The name under which the model is listed. Requests may use any name. */
  readonly name: string;
  /** The ids of the processes that run Python: one for each notebook, and one for the next notebook. */
  readonly pids: readonly number[];
  /** Resolves when Python has booted, so that a new notebook's first cell need not wait. */
  ready(): Promise<void>;
  /**
   * Returns the id of a notebook's process. Starts the process if there is none.
   *
   * @param key the notebook's `prompt_cache_key`; default: that of requests without one
   */
  pid(key?: string): Promise<number>;
  /**
   * Ends the process of a notebook whose agent has ended. The next cell starts another, in which the earlier cells
   * run again.
   */
  endNotebook(key: string): Promise<void>;
  /** Ends Python and the server. Aborts answers in flight. */
  stop(): Promise<void>;
}

/** Pyodide's npm package. */
const pyodideUrl = new URL(".", import.meta.resolve("pyodide")).href;

const DEFAULT_CACHE = decodeURIComponent(new URL("../../.cache/offline_model", import.meta.url).pathname);

/**
 * Starts the offline model on 127.0.0.1. Returns as soon as it listens; requests wait until Python has booted.
 *
 * @throws when the port is taken
 * @example
 * ```ts
 * await using model = await startOfflineModel();
 * const client = new OpenAI({ baseURL: model.url, apiKey: model.apiKey });
 * ```
 */
export async function startOfflineModel(options: OfflineModelOptions = {}): Promise<OfflineModel> {
  const { port = 0, apiKey = makeApiKey(), strict, forgetful = false, signal } = options;
  const limits = { ...KERNEL_LIMITS, ...options.limits };
  const context = options.contextLength === undefined ? undefined : await limitContext(options.contextLength, options);
  signal?.throwIfAborted();
  const stopping = new AbortController();
  const { cacheDir = DEFAULT_CACHE, logger = silentLogger } = options;
  const packages = await openPackages(options.packages, { pyodideUrl, cacheDir, logger, signal: stopping.signal });
  const startProcess = () => startPython(limits, { cacheDir, logger, packages }, stopping.signal);
  const kernels = new Kernels({ startProcess, isForgetful: forgetful, limits });
  const guard = new RequestGuard(apiKey);
  const newId = () => crypto.randomUUID().replaceAll("-", "");
  const server = createModelServer({ guard, kernels, strict, forgetful, context, newId, clock: systemClock });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  kernels.warmUp();

  let stopped: Promise<void> | undefined;
  const stop = () =>
    stopped ??= (async () => {
      signal?.removeEventListener("abort", stop);
      stopping.abort();
      const closed = once(server, "close");
      server.close();
      const ended = kernels.stop();
      server.closeAllConnections(); // before waiting: a cell may be waiting for a slow client
      await Promise.all([ended, closed]);
    })();
  signal?.addEventListener("abort", stop);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey,
    name: MODEL_NAME,
    get pids() {
      return kernels.pids;
    },
    ready: () => kernels.ready(),
    pid: (key = DEFAULT_KEY) => kernels.pid(key),
    endNotebook: (key) => kernels.end(key),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function limitContext(
  length: number,
  { strict, contextServer = contextServerOf(strict) }: OfflineModelOptions,
): Promise<ContextWindow> {
  return new ContextWindow({ length, server: contextServer, count: await loadTokenizer() });
}

async function startPython(
  { pythonMemory, residentMemory }: KernelLimits,
  { cacheDir, logger, packages }: { cacheDir: string; logger: Logger; packages: Packages },
  signal: AbortSignal,
): Promise<PythonProcess> {
  const options: BootOptions = {
    pythonMemory,
    residentMemory,
    pyodideUrl,
    persona: { ipython: PERSONA.ipython, python: PERSONA.python },
    pythonDir: decodeURIComponent(new URL("./python", import.meta.url).pathname),
  };
  try {
    const snapshot = await findSnapshot(options, cacheDir, signal);
    try {
      return await boot({ ...options, snapshot }, packages, signal);
    } catch (error) {
      if (!signal.aborted) await Deno.remove(snapshot); // the next start makes a new one
      throw error;
    }
  } catch (error) {
    signal.throwIfAborted();
    logger.warn("the snapshot could not be used; booting without", { cacheDir, error: String(error) });
    return await boot(options, packages, signal);
  }
}

async function boot(options: BootOptions, packages: Packages, signal: AbortSignal): Promise<PythonProcess> {
  const process = PythonProcess.start(options, (request, signal) => packages.find(request, signal));
  const kill = () => process.kill();
  signal.addEventListener("abort", kill, { once: true });
  try {
    await process.ready();
    signal.throwIfAborted();
    return process;
  } catch (error) {
    await process.close();
    throw error;
  } finally {
    signal.removeEventListener("abort", kill);
  }
}
