/**
 * A project with made-up packages: a lock, and the packages that are installed.
 *
 * @module
 */

import { dirname, join } from "node:path";
import type { LockedPackage } from "../../licences/lock_packages.ts";

export interface MadeUpPackage extends LockedPackage {
  /** The content of its `package.json` besides name and version. Default: it is not installed. */
  description?: Record<string, unknown>;
  /** Whether something other than a package asks for it. Default: true. */
  isAskedFor?: boolean;
}

/** A folder with a lock; disposing of it removes it. */
export interface MadeUpProject extends AsyncDisposable {
  folder: string;
}

/**
 * Writes a project.
 *
 * @param packages by their key in the lock: name, `@` and version, then `_` and the versions of its peers
 */
export async function makeUpProject(packages: Record<string, MadeUpPackage>): Promise<MadeUpProject> {
  const folder = await Deno.makeTempDir();
  const specifiers: Record<string, string> = {};
  const npm: Record<string, LockedPackage> = {};
  for (const [key, { description, isAskedFor = true, ...locked }] of Object.entries(packages)) {
    const [, name, resolved] = /^(.[^@]*)@(.+)$/.exec(key)!;
    const [version] = resolved.split("_");
    npm[key] = locked;
    if (isAskedFor) specifiers[`npm:${name}@${version}`] = resolved;
    if (description === undefined) continue;
    const place = `node_modules/.deno/${name.replace("/", "+")}@${version}/node_modules/${name}/package.json`;
    await Deno.mkdir(join(folder, dirname(place)), { recursive: true });
    await Deno.writeTextFile(join(folder, place), JSON.stringify({ name, version, ...description }));
  }
  await Deno.writeTextFile(join(folder, "deno.lock"), JSON.stringify({ version: "5", specifiers, npm }));
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
