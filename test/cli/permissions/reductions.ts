/**
 * Permission sets that lack one permission.
 *
 * @module
 */

import type { PermissionSet } from "./clone.ts";

/** A permission set that lacks one permission. */
export interface Reduction {
  /** The missing permission: `net`, `read node_modules`, `env TERM`, `ignore`. */
  missing: string;
  set: PermissionSet;
}

/** Returns copies of a set, each without another one of its permissions. */
export function reductions({ env, ...kinds }: PermissionSet): Reduction[] {
  const { allow = [], ...ignoring } = env ?? {};
  return [
    ...Object.entries(kinds).flatMap(([kind, permitted]) =>
      Array.isArray(permitted)
        ? permitted.map((place) => ({
          missing: `${kind} ${place}`,
          set: { env, ...kinds, [kind]: permitted.filter((other) => other !== place) },
        }))
        : [{ missing: kind, set: { env, ...kinds, [kind]: undefined } }]
    ),
    { missing: "ignore", set: { ...kinds, env: { allow } } },
    ...allow.map((name) => ({
      missing: `env ${name}`,
      set: { ...kinds, env: { ...ignoring, allow: allow.filter((other) => other !== name) } },
    })),
  ];
}
