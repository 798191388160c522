/**
 * Checks that a runtime that must recognize notebooks after a restart has a fixed id.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import { describeNameless, type Wording } from "./issue_wording.ts";
import type { SettingOrigin } from "./setting_origin.ts";

/**
 * Returns the issue, or `undefined` if the runtime takes notebooks back or its id is set.
 *
 * @param runtimeId the origin of its id
 */
export function findNamelessRuntime(
  { takeBack, runtimeId }: { takeBack?: boolean; runtimeId?: SettingOrigin },
  wording: Wording,
): ConfigurationIssue | undefined {
  if (takeBack !== false || runtimeId?.source !== "default") return undefined;
  return { option: "runtimeId", message: describeNameless(wording) };
}
