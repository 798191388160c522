/**
 * Checks the licences of several projects together.
 *
 * @module
 */

import { licenceReport } from "./licence_report.ts";
import type { Platform } from "./lock_packages.ts";
import { type LicensedPackage, projectLicences } from "./project_licences.ts";

export interface LicenceCheck {
  /** All packages, by licence. */
  report: string;
  /** A line for each package that may not be used, and what to do. Empty if all may be used. */
  problems: string;
}

const ADVICE =
  "Use another package; or, if the licence fits a program under BSD-3-Clause, say so in licences/policy.ts.\n";

/**
 * Reads and checks the licences of projects' packages.
 *
 * @param folders the projects' folders, each with `deno.lock` and `node_modules`
 * @param platform the platform whose packages are installed there
 * @throws {Error} a lock cannot be read, or has packages that are not from npm
 */
export async function checkLicences(folders: readonly string[], platform: Platform): Promise<LicenceCheck> {
  const found = (await Promise.all(folders.map((folder) => projectLicences(folder, platform)))).flat();
  const packages = new Map<string, LicensedPackage>();
  for (const each of found) {
    const key = `${each.name}@${each.version}`;
    if (each.isInstalled || !packages.has(key)) packages.set(key, each);
  }
  const lines = [...packages.values()].flatMap(({ name, version, problem }) =>
    problem === undefined ? [] : [`licences: ${name} ${version} ${problem}.\n`]
  );
  return {
    report: licenceReport([...packages.values()]),
    problems: lines.length === 0 ? "" : `${lines.toSorted().join("")}${ADVICE}`,
  };
}
