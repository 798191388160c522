/**
 * Packages of a distribution on a manual clock.
 *
 * @module
 */

import { silentLogger } from "../../../../src/logger.ts";
import { PackageLock } from "../../../../stack/offline_model/packages/package_lock.ts";
import {
  type FoundPackages,
  Packages,
  type PackagesOptions,
} from "../../../../stack/offline_model/packages/packages.ts";
import { WheelCache } from "../../../../stack/offline_model/packages/wheel_cache.ts";
import { ManualClock } from "../../../support/manual_clock.ts";
import type { Distribution } from "./distribution.ts";

export const EGGS = {
  eggs: { files: { "eggs/__init__.py": "n = 12" }, depends: ["shells"] },
  shells: { files: { "shells.py": "white = True" } },
};

export const EGG_FILES = ["shells-1.0-py3-none-any.whl", "eggs-1.0-py3-none-any.whl"];

/** Opens the packages of a distribution with a manual clock and a recorded log. */
export async function openTest(distribution: Distribution, options: Partial<PackagesOptions> = {}) {
  const clock = new ManualClock();
  const said: string[] = [];
  const packages = new Packages({
    lock: await PackageLock.read(distribution.lock),
    cache: new WheelCache(distribution.cacheDir),
    state: "on",
    logger: { ...silentLogger, info: (message) => said.push(message) },
    signal: new AbortController().signal,
    clock,
    ...options,
  });
  const find = (module: string, { loaded = [], signal }: { loaded?: string[]; signal?: AbortSignal } = {}) =>
    packages.find(
      { module, distribution: distribution.url, loaded: new Set(loaded) },
      signal ?? new AbortController().signal,
    );
  return { clock, said, find };
}

export const names = ({ wheels }: FoundPackages) => wheels.map(({ fileName }) => fileName);

export const kept = async ({ cacheDir }: Distribution) =>
  (await Array.fromAsync(Deno.readDir(cacheDir)).catch(() => [])).map(({ name }) => name).sort();
