/**
 * The list of licences as text.
 *
 * @module
 */

import type { LicensedPackage } from "./project_licences.ts";

/**
 * Lists packages by licence. Both are sorted. Packages that this platform does not install are last.
 *
 * @param packages each name and version once
 */
export function licenceReport(packages: readonly LicensedPackage[]): string {
  const here = Map.groupBy(packages.filter(({ isInstalled }) => isInstalled), ({ licence }) => licence ?? "no licence");
  const elsewhere = packages.filter(({ isInstalled }) => !isInstalled);
  const groups = [...here].toSorted(([a], [b]) => compare(a, b));
  if (elsewhere.length > 0) groups.push(["installed on other platforms only, and checked there", elsewhere]);
  return groups.map(([title, group]) => `${title} (${group.length})\n${lines(group)}`).join("\n");
}

function lines(group: readonly LicensedPackage[]): string {
  return group.map(({ name, version }) => `  ${name} ${version}\n`).toSorted(compare).join("");
}

/** Compares by code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
