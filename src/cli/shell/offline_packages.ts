/**
 * The flags that choose the source of packages that cells import with `--offline`.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";

export const packageFlags = {
  noPackages: {
    flag: "no-packages",
    help: "With --offline: do not fetch packages that cells import. Only the standard library is available.",
  },
  packagesUrl: {
    flag: "packages-url",
    placeholder: "URL",
    help: "With --offline: fetch packages from this copy of Pyodide's distribution.",
  },
} as const satisfies Record<string, FlagEntry>;

/** The source of packages: Pyodide's own distribution, a copy of it at `url`, or `off` for none. */
export type OfflinePackages = { url?: string } | "off";

/**
 * Parses the flags.
 *
 * @throws {ConfigurationError} they contradict each other, need `--offline`, or the address is not a web address
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
    throw wrong(`--${given.flag} needs --offline: a language model has no packages`);
  }
  if (noPackages !== undefined) {
    if (packagesUrl !== undefined) throw wrong("give --no-packages or --packages-url, not both");
    return "off";
  }
  if (packagesUrl === undefined) return {};
  if (!/^https?:$/.test(URL.parse(packagesUrl)?.protocol ?? "")) {
    throw wrong(`wrong address ${JSON.stringify(packagesUrl)}: --packages-url needs one like http://localhost:8000/`);
  }
  return { url: packagesUrl };
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
