/**
 * Permission sets as flags.
 *
 * @module
 */

import type { PermissionSet } from "./clone.ts";

/** Returns the flags that allow what any of the sets allows, sorted. A set that allows all of a kind needs no list of it. */
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
