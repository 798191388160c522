/**
 * Reads the licences of a project's packages from its lock and its `node_modules`.
 *
 * @module
 */

import { join } from "node:path";
import { licenceProblem } from "./licence_problem.ts";
import { type Lock, lockPackages, type NamedPackage, type Platform } from "./lock_packages.ts";
import { type PackageDescription, statedLicence } from "./stated_licence.ts";

export interface LicensedPackage extends NamedPackage {
  /** The licence that it states; absent if it states none or is not installed here. */
  licence?: string;
  /** The reason it may not be used; absent if it may be used or is not installed here. */
  problem?: string;
}

/**
 * Reads the licences of all packages that a project's lock names.
 *
 * @param folder the project's folder, in which `deno install` has run: it has `deno.lock` and `node_modules`
 * @param platform the platform whose packages are installed
 * @throws {Error} the lock cannot be read, or has packages that are not from npm
 */
export async function projectLicences(folder: string, platform: Platform): Promise<LicensedPackage[]> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(join(folder, "deno.lock")));
  return await Promise.all(
    lockPackages(lock, platform).map(async (found): Promise<LicensedPackage> => {
      if (!found.isInstalled) return found;
      const description = await readDescription(folder, found);
      if (description === undefined) return { ...found, problem: "is not installed: run deno install" };
      const licence = statedLicence(description);
      return { ...found, licence, problem: licenceProblem(found.name, licence) };
    }),
  );
}

async function readDescription(
  folder: string,
  { name, version }: NamedPackage,
): Promise<PackageDescription | undefined> {
  const place = `node_modules/.deno/${name.replace("/", "+")}@${version}/node_modules/${name}/package.json`;
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, place)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
