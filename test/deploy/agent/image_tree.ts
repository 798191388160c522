/**
 * Builds the file tree of the Containerfile's image without a container engine. The programs of the base images come
 * from this machine, and the instructions run on folders.
 *
 * @module
 */

import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { containerfile, readStages, type Stage, type Step, variablesOf, wordsOf } from "./containerfile.ts";

const context = fileURLToPath(new URL("../../../", import.meta.url));

/** An image's file tree. Disposing of it removes it. */
export interface ImageTree extends AsyncDisposable {
  /** The tree's root folder. */
  root: string;
  /** Its description: the last stage of the Containerfile. */
  image: Stage;
  /**
   * Returns the command line that runs a command in the image, as its user, with a read-only root.
   *
   * @param options.tmp whether `/tmp` is writable. Default: false
   */
  inside(command: readonly string[], options?: { tmp?: boolean }): string[];
}

/**
 * Changes to a root as a container engine does: read-only, with a `/proc`, and on request with an empty, writable
 * `/tmp`. The mounts belong to the process and end with it.
 */
const ENTER = `
set -e
root=$1 tmp=$2 user=$3
shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
if [ "$tmp" = tmp ]; then mount -t tmpfs -o mode=1777 tmp "$root/tmp"; fi
mount -o remount,bind,ro "$root"
exec chroot --userspec="$user" --groups= "$root" "$@"
`;

/** Returns whether this machine can run a process in another root as another user. */
export async function canChangeRoot(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  try {
    const args = ["--mount", "sh", "-ec", "mount --make-rprivate /; mount -t proc proc /proc; exec chroot / true"];
    return (await new Deno.Command("unshare", { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

export async function buildImageTree(): Promise<ImageTree> {
  const folder = await Deno.makeTempDir();
  const stages = readStages(await Deno.readTextFile(containerfile));
  const roots = new Map<string, string>();
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, stage.name ?? String(index));
    roots.set(stage.name ?? "", root);
    await layBase(stage.image, root);
    let directory = "/";
    for (const step of stage.steps) {
      if (step.keyword === "WORKDIR") directory = step.words[0];
      if (step.keyword === "COPY") await copy(step, roots.get(step.from ?? "none") ?? context, root, directory);
      if (step.keyword === "RUN") await run(step.words, root, directory);
    }
  }
  const image = stages.at(-1)!;
  const root = roots.get("")!;
  return {
    root,
    image,
    inside: (command, { tmp = false } = {}) => {
      const variables = Object.entries(variablesOf(image)).map(([name, value]) => `${name}=${value}`);
      const program = [
        "env",
        `--chdir=${wordsOf(image, "WORKDIR")[0]}`,
        ...variables,
        "PATH=/usr/local/bin:/usr/bin",
        ...command,
      ];
      const user = wordsOf(image, "USER")[0];
      return ["unshare", "--mount", "sh", "-c", ENTER, "enter", root, tmp ? "tmp" : "none", user, ...program];
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Copies the used parts of a base image: the program of Deno's, and Debian's `env` and the required libraries. */
async function layBase(image: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  if (image.startsWith("denoland/deno:bin-")) return await Deno.copyFile(Deno.execPath(), join(root, "deno"));
  const env = "/usr/bin/env";
  const files = new Set([env, ...await librariesOf(Deno.execPath()), ...await librariesOf(env)]);
  for (const name of ["resolv.conf", "nsswitch.conf", "hosts"]) {
    if (await isThere(`/etc/${name}`)) files.add(`/etc/${name}`);
  }
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await Deno.copyFile(file, join(root, file));
  }
  for (const name of ["proc", "tmp"]) await mkdir(join(root, name));
}

async function copy({ words }: Step, source: string, root: string, directory: string): Promise<void> {
  const target = words.at(-1)!;
  const into = target.startsWith("/") ? join(root, target) : join(root, directory, target);
  for (const word of words.slice(0, -1)) {
    const isFolder = (await Deno.stat(join(source, word))).isDirectory;
    const to = !isFolder && target.endsWith("/") ? join(into, basename(word)) : into;
    await mkdir(dirname(to), { recursive: true });
    // Later steps may change files of the context, but not files of a stage.
    const how = source === context ? [] : ["--link"];
    const args = ["--archive", "--no-target-directory", ...how, join(source, word), to];
    const { success, stderr } = await new Deno.Command("cp", { args }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  }
}

/** Runs an instruction on this machine, with the tree's folders instead of the machine's. */
async function run(words: readonly string[], root: string, directory: string): Promise<void> {
  const here = words.map((word) => word.replace(/(^|=)(\/(?:app|tmp|deno-dir)\b)/, `$1${root}$2`));
  const args = here.map((word) => word === "deno" ? Deno.execPath() : word);
  const child = new Deno.Command(args[0], { args: args.slice(1), cwd: join(root, directory), stdin: "null" });
  const { success, stderr } = await child.output();
  if (!success) throw new Error(`${words.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** Returns the libraries that a program is linked with. */
async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("ldd", { args: [program] }).output();
  return [...new TextDecoder().decode(stdout).matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path);
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
