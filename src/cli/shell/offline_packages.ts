/**
 * The flags that say where the packages come from that cells import with `--offline`.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";

/** The flags. */
export const packageFlags = {
  noPackages: {
    flag: "no-packages",
    help: "With --offline: fetch no packages that cells import; there is the standard library only.",
  },
  packagesUrl: {
    flag: "packages-url",
    placeholder: "URL",
    help: "With --offline: fetch packages from this copy of Pyodide's distribution.",
  },
} as const satisfies Record<string, FlagEntry>;

/** Where packages come from: Pyodide's own distribution, a copy of it, or nowhere. */
export type OfflinePackages = { url?: string } | "off";

/**
 * Reads the flags.
 *
 * @param flags those that were given
 * @throws {ConfigurationError} they contradict each other, make no sense without `--offline`, or name no web address
 */
export function readPackageFlags(
  { offline, noPackages, packagesUrl }: Readonly<Record<string, string>>,
): OfflinePackages {
  const given = noPackages !== undefined
    ? packageFlags.noPackages
    : packagesUrl !== undefined
    ? packageFlags.packagesUrl
    : undefined;
  if (given !== undefined && offline === undefined) {
    throw wrong(`--${given.flag} makes sense with --offline only: a language model has no packages`);
  }
  if (noPackages !== undefined) {
    if (packagesUrl !== undefined) throw wrong("give --no-packages or --packages-url, not both");
    return "off";
  }
  if (packagesUrl === undefined) return {};
  if (!/^https?:$/.test(URL.parse(packagesUrl)?.protocol ?? "")) {
    throw wrong(`wrong address ${JSON.stringify(packagesUrl)}: --packages-url wants one as http://localhost:8000/`);
  }
  return { url: packagesUrl };
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
