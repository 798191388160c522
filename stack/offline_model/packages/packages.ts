/**
 * Finds the wheels of a module that a cell imports: on disk, or in Pyodide's distribution.
 *
 * @module
 */

import type { Clock } from "../../../src/async/clock.ts";
import { unlessAborted } from "../../../src/async/unless_aborted.ts";
import type { Logger } from "../../../src/logger.ts";
import { type FetchProblem, fetchWheel, WheelFetchError } from "./fetch_wheel.ts";
import { type LockedWheel, type PackageLock, UnloadablePackageError } from "./package_lock.ts";
import type { WheelCache } from "./wheel_cache.ts";

export interface PackagesOptions {
  lock: PackageLock;
  cache: WheelCache;
  /** Whether packages can be loaded. `off`: the user has disabled them. `none`: they were not enabled. */
  state: "on" | "off" | "none";
  /** The distribution's URL. Default: the URL that Pyodide names. */
  url?: string;
  /** Logs which wheels are fetched, and which cannot be kept. */
  logger: Logger;
  /** Aborts all fetches. */
  signal: AbortSignal;
  /** Measures the silence of a server, and the age of failures and drafts. */
  clock: Clock;
}

/** A wheel that a Python process needs. */
export interface FoundWheel {
  fileName: string;
  bytes: Uint8Array;
}

/** The packages that provide a module. */
export interface FoundPackages {
  /** Whether the distribution has the module. */
  isKnown: boolean;
  /**
   * The reason the module cannot be imported, in sentences without the last full stop. Absent when it can be imported.
   */
  reason?: string;
  /** The wheels to load first. Dependencies precede the wheels that need them. */
  wheels: FoundWheel[];
}

/** A request of a Python process for a module. */
export interface PackagesRequest {
  /** The name of a top-level module. */
  module: string;
  /** The URL that Pyodide names for its distribution. */
  distribution: string;
  /** The file names of the wheels that the process has. */
  loaded: ReadonlySet<string>;
}

/** A lookup of a wheel in flight. Other requests for the same wheel share it. */
interface Lookup {
  /** The result from the disk. */
  kept: Promise<Uint8Array | undefined>;
  /** The result from the network; absent before the fetch begins. */
  fetching?: Promise<Uint8Array>;
}

/** Milliseconds for which a failure is remembered, so that cells do not all wait for a missing network. */
export const FAILURE_MEMORY_MS = 2 * 60_000;

const STANDARD_ONLY = "the offline model has Python's standard library only";

const LACKING =
  "the offline model has Python's standard library and the packages of Pyodide's distribution, which lacks it";

/**
 * The packages that an offline model's Python processes can import. The processes share fetches and remembered
 * failures.
 */
export class Packages {
  readonly #options: PackagesOptions;
  /** Lookups in flight, by the hash of the wheel. */
  readonly #lookups = new Map<string, Lookup>();
  /** Remembered failures, by the hash of a wheel or by the URL of the distribution. */
  readonly #failures = new Map<string, { error: WheelFetchError; until: number }>();
  #isPruned = false;

  constructor(options: PackagesOptions) {
    this.#options = options;
  }

  /**
   * Finds the wheels that a module needs. A fetch continues after an abort, because the cell may run again.
   *
   * @throws the signal's reason
   */
  async find({ module, distribution, loaded }: PackagesRequest, signal: AbortSignal): Promise<FoundPackages> {
    const { lock, state, url = distribution } = this.#options;
    const base = url.endsWith("/") ? url : `${url}/`;
    if (state === "on" && !lock.hasModule(module)) return { isKnown: false, reason: LACKING, wheels: [] };
    if (state !== "on") {
      const isKnown = lock.hasModule(module);
      return { isKnown, reason: isKnown && state === "off" ? switchedOff(module) : STANDARD_ONLY, wheels: [] };
    }
    try {
      const needed = lock.wheelsOf(module).filter(({ fileName }) => !loaded.has(fileName));
      return { isKnown: true, wheels: await this.#load(needed, module, base, signal) };
    } catch (error) {
      if (error instanceof UnloadablePackageError) return { isKnown: true, reason: error.message, wheels: [] };
      if (!(error instanceof WheelFetchError)) throw error;
      return { isKnown: true, reason: unfetched(module, error), wheels: [] };
    }
  }

  async #load(wheels: LockedWheel[], module: string, base: string, signal: AbortSignal): Promise<FoundWheel[]> {
    const lookups = wheels.map((wheel) => ({ wheel, lookup: this.#lookUp(wheel) }));
    try {
      const kept = await Promise.all(lookups.map(({ lookup }) => lookup.kept));
      const missing = lookups.filter((_, index) => kept[index] === undefined);
      for (const { wheel: { sha256 } } of missing) this.#throwIfFailed(sha256, base);
      signal.throwIfAborted();
      const begun = missing.filter(({ lookup }) => lookup.fetching === undefined);
      if (begun.length > 0) this.#sayFetching(begun.map(({ wheel }) => wheel), module, base);
      for (const { wheel, lookup } of begun) this.#begin(wheel, lookup, base);
      const fetched = Promise.all(lookups.map(({ lookup }, index) => kept[index] ?? lookup.fetching!));
      const bytes = await unlessAborted(fetched, signal);
      return wheels.map(({ fileName }, index) => ({ fileName, bytes: bytes[index] }));
    } finally {
      for (const { wheel, lookup } of lookups) if (lookup.fetching === undefined) this.#lookups.delete(wheel.sha256);
    }
  }

  #lookUp({ sha256 }: LockedWheel): Lookup {
    const lookup = this.#lookups.get(sha256) ?? { kept: this.#options.cache.get(sha256) };
    this.#lookups.set(sha256, lookup);
    return lookup;
  }

  #begin(wheel: LockedWheel, lookup: Lookup, base: string): void {
    this.#lookups.set(wheel.sha256, lookup);
    lookup.fetching = this.#fetchNow(wheel, base).finally(() => this.#lookups.delete(wheel.sha256));
    lookup.fetching.catch(() => {}); // the callers that await it report the error
  }

  #sayFetching(wheels: LockedWheel[], module: string, base: string): void {
    const names = wheels.map(({ name, version }) => `${name} ${version}`).join(", ");
    this.#options.logger.info(`fetching what the import of ${module} needs from ${new URL(base).host}: ${names}`);
  }

  async #fetchNow(wheel: LockedWheel, base: string): Promise<Uint8Array> {
    const { clock, cache, logger, lock, signal } = this.#options;
    const { sha256 } = wheel;
    try {
      const bytes = await fetchWheel(wheel, base, clock, signal);
      await cache.put(sha256, bytes).catch((error) => {
        logger.warn("a package could not be kept on disk", { file: wheel.fileName, error: String(error) });
      });
      if (!this.#isPruned) await cache.prune(lock.hashes, clock.date());
      this.#isPruned = true;
      return bytes;
    } catch (error) {
      if (error instanceof WheelFetchError) {
        const until = clock.now() + FAILURE_MEMORY_MS;
        this.#failures.set(error.problem === "wrong" ? sha256 : base, { error, until });
      }
      throw error;
    }
  }

  #throwIfFailed(...keys: string[]): void {
    for (const failure of keys.map((key) => this.#failures.get(key))) {
      if (failure !== undefined && failure.until > this.#options.clock.now()) throw failure.error;
    }
  }
}

function switchedOff(module: string): string {
  return `${STANDARD_ONLY}, as it was started with --no-packages. Start it without that flag, and it fetches ${module}`;
}

function unfetched(module: string, { message, problem, host }: WheelFetchError): string {
  return `${STANDARD_ONLY}: ${module} could not be fetched, because ${message}. ${ADVICE[problem](host)}`;
}

/** Advice on each kind of failure. */
const ADVICE: Readonly<Record<FetchProblem, (host: string) => string>> = {
  unreachable: () =>
    "Connect this machine (it tries again after two minutes), or name a copy of Pyodide's distribution with --packages-url",
  forbidden: (host) => `Start it with --allow-net=${host} besides`,
  wrong: () => "Name another copy of Pyodide's distribution with --packages-url",
};
