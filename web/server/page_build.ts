/**
 * Builds the notebook page with Vite, once per version of its sources and packages.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const configFile = fileURLToPath(new URL("web/deno.json", root));
const builder = fileURLToPath(new URL("./vite_build.ts", import.meta.url));
const cacheFolder = new URL(".cache/notebook_page/", root);

/** The sources of the page: its own, those that it shares with the agent, and the lock of its packages. */
const SOURCES = ["web/page/", "src/", "web/deno.json", "web/deno.lock", "web/server/vite_build.ts"];

/** The time for which an old build is kept, in milliseconds. A page that is still open may load parts of it. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Builds the page, or finds the build of an earlier start below `.cache/notebook_page`.
 *
 * @param onBuild called before a build, which takes some seconds
 * @returns the folder of the build, with an `index.html`
 * @throws if the build fails
 */
export async function buildPage(onBuild: () => void = () => {}): Promise<string> {
  const folder = fileURLToPath(new URL(await hashOfSources(), cacheFolder));
  if (await exists(join(folder, "index.html"))) return folder;

  await Deno.mkdir(cacheFolder, { recursive: true });
  // If several processes start at once, as in tests, only one builds.
  using lock = await Deno.open(new URL("lock", cacheFolder), { create: true, write: true });
  await lock.lock(true);
  if (await exists(join(folder, "index.html"))) return folder;
  onBuild();
  await removeOldBuilds();
  // An interrupted build must not be taken for a complete one.
  const unfinished = `${folder}.tmp`;
  await build(unfinished);
  await Deno.rename(unfinished, folder);
  return folder;
}

/** Runs Vite in a separate process, so that starts without a build do not load it. */
async function build(outDir: string): Promise<void> {
  const { success, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", "--no-check", "--config", configFile, builder, outDir],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (success) return;
  await Deno.remove(outDir, { recursive: true }).catch(() => {});
  const decoder = new TextDecoder();
  throw new Error(`The page does not build:\n${decoder.decode(stderr)}${decoder.decode(stdout)}`);
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) await addTo(hash, new URL(source, root));
  return hash.digest("hex").slice(0, 16);
}

async function addTo(hash: ReturnType<typeof createHash>, url: URL): Promise<void> {
  if (!url.href.endsWith("/")) {
    hash.update(`\n${url.href.slice(root.href.length)}\n`).update(await Deno.readFile(url));
    return;
  }
  const entries = await Array.fromAsync(Deno.readDir(url));
  entries.sort((one, other) => one.name < other.name ? -1 : 1);
  for (const { name, isDirectory } of entries) {
    await addTo(hash, new URL(encodeURIComponent(name) + (isDirectory ? "/" : ""), url));
  }
}

async function removeOldBuilds(): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(cacheFolder)) {
    if (!isDirectory) continue;
    const build = new URL(name, cacheFolder);
    const { mtime } = await Deno.stat(build);
    if (Date.now() - (mtime?.getTime() ?? 0) > KEPT_MS) await Deno.remove(build, { recursive: true });
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

if (import.meta.main) await buildPage();
