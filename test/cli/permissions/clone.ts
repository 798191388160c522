/**
 * A clone of the project as a contributor has it: the published files and the installed packages.
 *
 * @module
 */

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../../deno.json" with { type: "json" };

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The files that the command needs. */
const files = ["deno.lock", "mod.ts", "bin", "src"];

/** A permission in `deno.json`: everything of a kind, or a list. */
type Permitted = boolean | readonly string[];

/** A permission set of `deno.json`. */
export interface PermissionSet {
  net?: Permitted;
  env?: { allow?: readonly string[]; ignore?: boolean };
  read?: Permitted;
  write?: Permitted;
}

/** The permission sets of `deno.json`, by command. */
export const permissionSets: Readonly<Record<string, PermissionSet>> = config.permissions;

/** A clone of the project. It is removed when it is disposed of. */
export interface PermissionClone extends AsyncDisposable {
  folder: string;
  /** Returns Deno's arguments that run the command with a permission set of this clone. */
  command(set: string, args: readonly string[]): string[];
}

/**
 * Creates a clone whose `deno.json` has the given permission sets.
 *
 * @param permissions the sets by name
 */
export async function openPermissionClone(permissions: Record<string, PermissionSet>): Promise<PermissionClone> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  for (const file of files) await cp(join(repository, file), join(folder, file), { recursive: true });
  await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify({ ...config, permissions }));
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--frozen", "--quiet"],
    cwd: folder,
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(`deno install ended with ${code}: ${new TextDecoder().decode(stderr)}`);
  return {
    folder,
    command: (set, args) => ["run", "--quiet", "--no-prompt", `-P=${set}`, join(folder, "bin/aipython.ts"), ...args],
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
