/**
 * Makes folders read-only if the machine supports it.
 *
 * @module
 */

import { join } from "node:path";

/** A Deno program for which folders are read-only. */
export interface ReadOnlyDeno extends AsyncDisposable {
  /** The path of the program. */
  deno: string;
}

/** Returns a shell script that mounts each folder over itself, read-only, only for its own process, and then runs Deno. */
const MOUNTS = (folders: readonly string[]) =>
  `for folder in ${folders.map(quote).join(" ")}; do
  mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder" || exit 97
done
exec "$0" "$@"`;

/**
 * Whether this process runs as root. Root can write to a file of any mode, so mounts are needed. Other users may not mount, and
 * modes are enough for them.
 */
export const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;

/** Returns the reason why folders cannot be made read-only here, or `undefined` if they can. */
export async function whyNotReadOnly(): Promise<string | undefined> {
  if (Deno.build.os === "windows") return "needs modes of files";
  if (!isRoot) return undefined;
  const { success } = await new Deno.Command("unshare", { args: ["--mount", "true"], stdin: "null" }).output()
    .catch(() => ({ success: false }));
  return success ? undefined : "needs unshare --mount";
}

/**
 * Makes folders read-only.
 *
 * @param folders as root, they are read-only only for the returned Deno. As another user, they are read-only for every program
 * until the result is disposed of
 */
export async function readOnly(folders: readonly string[]): Promise<ReadOnlyDeno> {
  if (!isRoot) {
    await changeModes(folders, "a-w");
    return { deno: Deno.execPath(), [Symbol.asyncDispose]: () => changeModes(folders, "u+w") };
  }
  const place = await Deno.makeTempDir();
  const deno = join(place, "deno");
  const inside = ["unshare", "--mount", "sh", "-c", MOUNTS(folders), Deno.execPath()].map(quote).join(" ");
  await Deno.writeTextFile(deno, `#!/bin/sh\nexec ${inside} "$@"\n`, { mode: 0o700 });
  return { deno, [Symbol.asyncDispose]: () => Deno.remove(place, { recursive: true }) };
}

async function changeModes(folders: readonly string[], mode: string): Promise<void> {
  const { success } = await new Deno.Command("chmod", { args: ["-R", mode, ...folders], stdin: "null" }).output();
  if (!success) throw new Error(`chmod -R ${mode} failed`);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
