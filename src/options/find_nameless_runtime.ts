/**
 * Finds out whether a runtime is to know a notebook again that it has served, and has no name for that.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import { describeNameless, type Wording } from "./issue_wording.ts";
import type { SettingOrigin } from "./setting_origin.ts";

/**
 * Looks for the runtime id of a runtime that takes nothing back.
 *
 * @param takeBack whether it takes back what it has lost
 * @param runtimeId where its id came from
 * @returns what is missing; nothing where it takes everything back, or its id was given
 */
export function findNamelessRuntime(
  { takeBack, runtimeId }: { takeBack?: boolean; runtimeId?: SettingOrigin },
  wording: Wording,
): ConfigurationIssue | undefined {
  if (takeBack !== false || runtimeId?.source !== "default") return undefined;
  return { option: "runtimeId", message: describeNameless(wording) };
}
