/**
 * Lists the licences of all packages of the agent and of the notebook page, or of the projects in the given folders.
 * Ends with 1 if one is not allowed.
 *
 * ```sh
 * deno task licences
 * ```
 *
 * @module
 */

import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkLicences } from "./check_licences.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const platform = { os: process.platform, cpu: process.arch };
const folders = Deno.args.length > 0 ? Deno.args : [root, `${root}web`];
const { report, problems } = await checkLicences(folders, platform);
await Deno.stdout.write(new TextEncoder().encode(report));
await Deno.stderr.write(new TextEncoder().encode(problems));
if (problems !== "") Deno.exitCode = 1;
