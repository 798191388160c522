/**
 * Caches a memory snapshot of a booted Python on disk, so that the next boot is faster.
 *
 * @module
 */

import { childCommand } from "./child_command.ts";
import type { BootOptions } from "./protocol.ts";

/** Hexadecimal digits of the hash in a snapshot's name: enough to distinguish all versions of our files. */
const HASH_DIGITS = 16;

const SNAPSHOT_NAME = /^pyodide-.*\.snapshot$/;

/**
 * Finds the snapshot of this Pyodide and these Python files. Makes it if it does not exist.
 *
 * @param options without a snapshot
 * @param cacheDir the folder of snapshots, which is created if it does not exist
 * @returns the snapshot's path
 * @throws when the snapshot cannot be made or written; Python can then boot without one
 */
export async function findSnapshot(options: BootOptions, cacheDir: string, signal: AbortSignal): Promise<string> {
  const name = await snapshotName(options);
  const path = `${cacheDir}/${name}`;
  if (await isFile(path)) return path;
  await Deno.mkdir(cacheDir, { recursive: true });
  const draft = `${path}.${crypto.randomUUID()}`;
  try {
    await makeSnapshot({ ...options, snapshot: draft }, signal);
    await Deno.rename(draft, path);
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
  await removeOthers(cacheDir, name);
  return path;
}

async function makeSnapshot(options: Required<BootOptions>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const child = childCommand("make_snapshot.ts", options, [`--allow-write=${options.snapshot}`]).spawn();
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  await child.stdin.close();
  const { success, stderr } = await child.output();
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  if (!success) throw new Error(`The snapshot could not be made: ${new TextDecoder().decode(stderr).trim()}`);
}

/** Removes snapshots of earlier versions: each has 30 MB and is never used again. */
async function removeOthers(cacheDir: string, name: string): Promise<void> {
  for await (const entry of Deno.readDir(cacheDir)) {
    if (entry.name !== name && SNAPSHOT_NAME.test(entry.name)) {
      await Deno.remove(`${cacheDir}/${entry.name}`).catch(() => {});
    }
  }
}

async function snapshotName({ pyodideUrl, pythonDir, persona }: BootOptions): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(new URL("package.json", pyodideUrl)));
  const boot = await Deno.readTextFile(new URL("./child/boot.ts", import.meta.url));
  const parts = [boot, persona.ipython, persona.python, ...await readPythonFiles(pythonDir)];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\0")));
  return `pyodide-${version}-${new Uint8Array(digest).toHex().slice(0, HASH_DIGITS)}.snapshot`;
}

async function readPythonFiles(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const texts: string[] = [];
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) texts.push(entry.name, ...await readPythonFiles(path));
    else if (entry.name.endsWith(".py")) texts.push(entry.name, await Deno.readTextFile(path));
  }
  return texts;
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}
