/**
 * Converts permission sets to flags.
 *
 * @module
 */

import type { PermissionSet } from "./clone.ts";

/**
 * Returns the sorted flags that allow everything that any of the sets allows. No list is given for a kind of which a set allows
 * everything.
 */
export function permissionFlags(...sets: readonly PermissionSet[]): string[] {
  const flags = (["net", "read", "write"] as const).flatMap((kind) => {
    const permitted = sets.map((set) => set[kind] ?? []);
    if (permitted.includes(true)) return [`--allow-${kind}`];
    const places = new Set(permitted.flat());
    return places.size === 0 ? [] : [`--allow-${kind}=${[...places].join(",")}`];
  });
  const names = new Set(sets.flatMap(({ env }) => env?.allow ?? []));
  const ignoring = sets.every(({ env }) => env?.ignore) ? ["--ignore-env"] : [];
  return [...flags, ...ignoring, `--allow-env=${[...names].join(",")}`].toSorted();
}
