/**
 * Finds the wheels of a module that a cell imports: on disk, or in Pyodide's distribution.
 *
 * @module
 */

import type { Clock } from "../../../src/async/clock.ts";
import type { Logger } from "../../../src/logger.ts";
import { type FetchProblem, fetchWheel, WheelFetchError } from "./fetch_wheel.ts";
import { type LockedWheel, type PackageLock, UnloadablePackageError } from "./package_lock.ts";
import type { WheelCache } from "./wheel_cache.ts";

/** What packages need. */
export interface PackagesOptions {
  /** What there is. */
  lock: PackageLock;
  /** Where wheels are kept. */
  cache: WheelCache;
  /** Whether packages can be loaded; `off`: somebody has said that they cannot; `none`: nobody has said that they can. */
  state: "on" | "off" | "none";
  /** The distribution's address. Default: that which Pyodide names. */
  url?: string;
  /** Told what is fetched, and what cannot be kept. */
  logger: Logger;
  /** Aborts all fetches. */
  signal: AbortSignal;
  /** Measures how long a server is silent, how long a failure is remembered, and how old a draft is. */
  clock: Clock;
}

/** A wheel that a Python needs. */
export interface FoundWheel {
  /** Its file name. */
  fileName: string;
  /** What is in it. */
  bytes: Uint8Array;
}

/** What there is for a module. */
export interface FoundPackages {
  /** Whether the distribution has it. */
  isKnown: boolean;
  /** Why it cannot be imported, in sentences without the last full stop. Absent when it can. */
  reason?: string;
  /** What must be loaded first; dependencies stand before what needs them. */
  wheels: FoundWheel[];
}

/** What a Python asks for. */
export interface PackagesRequest {
  /** The name of a module at the top. */
  module: string;
  /** The address that Pyodide names for its distribution. */
  distribution: string;
  /** The file names of the wheels that it has. */
  loaded: ReadonlySet<string>;
}

/** A wheel that somebody is looking for. Whoever wants it meanwhile waits for the same. */
interface Lookup {
  /** What is on disk. */
  kept: Promise<Uint8Array | undefined>;
  /** What comes from the network, once it was asked. */
  fetching?: Promise<Uint8Array>;
}

/** Milliseconds for which a failure is remembered: a network that is not there is not waited for in every cell. */
export const FAILURE_MEMORY_MS = 2 * 60_000;

const STANDARD_ONLY = "the offline model has Python's standard library only";

const LACKING =
  "the offline model has Python's standard library and the packages of Pyodide's distribution, which lacks it";

/** The packages that an offline model's Pythons can import. All of them share fetches, and what has failed. */
export class Packages {
  readonly #options: PackagesOptions;
  /** By hash: the wheels that somebody is looking for. */
  readonly #lookups = new Map<string, Lookup>();
  /** By the hash of a wheel, or by the address of all. */
  readonly #failures = new Map<string, { error: WheelFetchError; until: number }>();
  #isPruned = false;

  constructor(options: PackagesOptions) {
    this.#options = options;
  }

  /**
   * Finds what a module needs. A fetch goes on when nobody waits for it any more: the cell may be run again.
   *
   * @param signal ends the wait
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
    lookup.fetching.catch(() => {}); // who waits for it hears of it
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

/** What a promise resolves to, unless the signal is aborted before: then its reason is thrown. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function switchedOff(module: string): string {
  return `${STANDARD_ONLY}, as it was started with --no-packages. Start it without that flag, and it fetches ${module}`;
}

function unfetched(module: string, { message, problem, host }: WheelFetchError): string {
  return `${STANDARD_ONLY}: ${module} could not be fetched, because ${message}. ${ADVICE[problem](host)}`;
}

/** What to do about a failure. */
const ADVICE: Readonly<Record<FetchProblem, (host: string) => string>> = {
  unreachable: () =>
    "Connect this machine (it tries again after two minutes), or name a copy of Pyodide's distribution with --packages-url",
  forbidden: (host) => `Start it with --allow-net=${host} besides`,
  wrong: () => "Name another copy of Pyodide's distribution with --packages-url",
};
