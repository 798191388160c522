/**
 * Bundles the worker for workerd, once per version of its source and packages.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

const workerFolder = new URL("./worker/", import.meta.url);
const workerSource = new URL("./worker.ts", workerFolder);
const cacheFolder = new URL("../../.cache/sync_server/", import.meta.url);

/** The packages whose version changes the bundle. */
const bundledPackages = ["@livestore/sync-cf/cf-worker", "@livestore/common", "effect", "esbuild"];

/**
 * Bundles `worker/worker.ts`, or finds the bundle of an earlier start below `.cache/sync_server`.
 *
 * @returns The path of the bundle, an ES module.
 * @throws When the source does not build.
 */
export async function bundleWorker(): Promise<string> {
  const hash = createHash("sha256");
  for (const { name } of Deno.readDirSync(workerFolder).toArray().sort((a, b) => a.name < b.name ? -1 : 1)) {
    hash.update(`\n${name}\n${await Deno.readTextFile(new URL(name, workerFolder))}`);
  }
  // The resolved URL of a package contains its version.
  for (const name of bundledPackages) hash.update(`\n${import.meta.resolve(name)}`);
  hash.update(await Deno.readTextFile(new URL(import.meta.url)));
  const path = fileURLToPath(new URL(`worker-${hash.digest("hex").slice(0, 16)}.js`, cacheFolder));
  if (await exists(path)) return path;

  await Deno.mkdir(cacheFolder, { recursive: true });
  const unfinished = `${path}.${Deno.pid}.tmp`;
  await build(unfinished);
  // Concurrent first starts must not read each other's incomplete bundle.
  await Deno.rename(unfinished, path);
  return path;
}

async function build(outfile: string): Promise<void> {
  // Importing esbuild here keeps it out of warm starts.
  const esbuild = await import("esbuild");
  try {
    await esbuild.build({
      entryPoints: [fileURLToPath(workerSource)],
      outfile,
      bundle: true,
      format: "esm",
      target: "es2022",
      conditions: ["workerd", "worker", "browser"],
      external: ["cloudflare:*", "node:*"],
      // sync-cf prints every message that it receives.
      drop: ["console"],
      logLevel: "silent",
    });
  } finally {
    await esbuild.stop();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
