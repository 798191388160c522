/**
 * Reads the licence that a package states.
 *
 * @module
 */

import { unstatedLicences } from "./policy.ts";

/** A package's `package.json`, in the current format and in npm's two earlier ones. */
export interface PackageDescription {
  name: string;
  version: string;
  license?: unknown;
  licenses?: unknown;
}

/**
 * Returns a package's licence, usually an SPDX expression.
 *
 * @returns `undefined` if the package states none and none is known
 */
export function statedLicence({ name, version, license, licenses }: PackageDescription): string | undefined {
  const stated = [license, licenses].flat().flatMap(licenceNames);
  // A list offers several licences to choose from.
  if (stated.length > 0) return stated.length === 1 ? stated[0] : `(${stated.join(" OR ")})`;
  return unstatedLicences.find((known) => known.name === name && known.version === version)?.licence;
}

function licenceNames(stated: unknown): string[] {
  if (typeof stated === "string") return stated === "" ? [] : [stated];
  return typeof stated === "object" && stated !== null && "type" in stated ? licenceNames(stated.type) : [];
}
