/**
 * Checks that a runtime that must recognize notebooks after a restart has a fixed id.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import { describeNameless, type Wording } from "./issue_wording.ts";
import type { SettingOrigin } from "./setting_origin.ts";

/**
 * Checks the runtime id of a runtime that does not take notebooks back.
 *
 * @param takeBack whether it takes back notebooks from other runtimes
 * @param runtimeId the origin of its id
 * @returns the issue; `undefined` if it takes notebooks back, or its id is set
 */
export function findNamelessRuntime(
  { takeBack, runtimeId }: { takeBack?: boolean; runtimeId?: SettingOrigin },
  wording: Wording,
): ConfigurationIssue | undefined {
  if (takeBack !== false || runtimeId?.source !== "default") return undefined;
  return { option: "runtimeId", message: describeNameless(wording) };
}
