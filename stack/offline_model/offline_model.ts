/**
 * A stand-in for a perfect model: an OpenAI-compatible server that really runs the last cell, in Python,
 * and answers with the tool calls that tell of its outputs.
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

/** How the offline model is started. */
export interface OfflineModelOptions {
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number;
  /** What requests must carry as their API key. Default: a random one. */
  apiKey?: string;
  /**
   * Whose servers it is as strict as: it refuses what those refuse, in their words, and what does not tell of all earlier cells.
   * Default: it refuses what OpenAI's server refuses.
   */
  strict?: ModelFamily;
  /**
   * Lets it know what a request tells, and nothing else: an earlier cell that is left out was never heard of, and what is shortened is
   * known as far as it stands there. Default: it also remembers what it has run, which hides what an agent fails to send.
   */
  forgetful?: boolean;
  /** Tokens that a request and its answer may have together. Default: any number. */
  contextLength?: number;
  /** Whose way it is to treat a request that is longer. Default: that of the family's server. */
  contextServer?: ContextServer;
  /** What its Pythons may take of the machine. Default: {@linkcode KERNEL_LIMITS}. */
  limits?: Partial<KernelLimits>;
  /** Stops the model. */
  signal?: AbortSignal;
  /** Where packages come from that cells import; `off` where somebody has said that there are to be none. Default: there are none. */
  packages?: PackageSource | "off";
  /** The folder of memory snapshots, which make the boot fast, and of packages; `.cache/offline_model` in the repository by default. */
  cacheDir?: string;
  /** Told when a snapshot could not be used, and when packages are fetched. */
  logger?: Logger;
}

/** A running offline model. */
export interface OfflineModel extends AsyncDisposable {
  /** What an OpenAI client takes as its base URL: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** The API key that its requests must carry. */
  readonly apiKey: string;
  /** The name under which it is listed; it answers to any. */
  readonly name: string;
  /** The ids of the processes that run Python, one a notebook and one for the next. */
  readonly pids: readonly number[];
  /** Resolves when Python has booted, so that a new notebook's first cell need not wait. */
  ready(): Promise<void>;
  /**
   * The id of the process of one notebook, which is started if there is none.
   *
   * @param key the notebook's `prompt_cache_key`; default: that of requests without one
   */
  pid(key?: string): Promise<number>;
  /**
   * Ends the process of one notebook, whose agent has ended. The next cell gets another, in which the earlier cells are run again.
   *
   * @param key the notebook's `prompt_cache_key`
   */
  endNotebook(key: string): Promise<void>;
  /** Ends Python and the server. Answers that are under way break off. */
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
      server.closeAllConnections(); // before waiting: a slow client can be what a cell waits for
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
      if (!signal.aborted) await Deno.remove(snapshot); // so that the next start makes a new one
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
