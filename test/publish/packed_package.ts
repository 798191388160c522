/**
 * The package as `deno publish` would upload it: only the published files, in a folder.
 *
 * @module
 */

import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The repository's folder, ending in a slash. */
const repository = new URL("../../", import.meta.url);

/** A line of `deno publish --dry-run`: the address of a file and its size. */
const PACKED_FILE = /^\s+(file:\S+) \([\d.]+[KM]?B\)$/gm;

/** Flags that give the command no `node_modules` folder, as when it is installed. */
export const installedFlags = ["--node-modules-dir=none"] as const;

/** The files of the package. Disposing of it removes them. */
export interface PackedPackage extends AsyncDisposable {
  /** Their paths in the package. */
  files: readonly string[];
  script: URL;
}

/**
 * Copies the files of the package from the repository to a temporary folder.
 *
 * The lock file is copied too, though it is not published. It keeps the packages at the versions in Deno's cache, so
 * that no registry is asked.
 *
 * @throws {Error} `deno publish --dry-run` failed or listed no file
 */
export async function packPackage(): Promise<PackedPackage> {
  const files = await listPackedFiles();
  const path = await Deno.realPath(await Deno.makeTempDir());
  const folder = pathToFileURL(`${path}/`);
  for (const file of [...files, "deno.lock"]) {
    const target = fileURLToPath(new URL(file, folder));
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.copyFile(new URL(file, repository), target);
  }
  return {
    files,
    script: new URL("bin/aipython.ts", folder),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

/** Asks Deno which files it would upload. */
async function listPackedFiles(): Promise<string[]> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    cwd: repository,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const written = new TextDecoder().decode(stderr);
  const files = [...written.matchAll(PACKED_FILE)].map(([, url]) => url.slice(repository.href.length));
  if (code !== 0 || files.length === 0) throw new Error(`deno publish --dry-run ended with ${code}:\n${written}`);
  return files;
}
