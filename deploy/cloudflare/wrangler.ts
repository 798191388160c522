/**
 * `deno task wrangler`: runs Cloudflare's command on Deno with this deployment's configuration. Use it to log in, and
 * to create, query and delete resources.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { configurationFile } from "../../stack/sync_server/worker_options.ts";

/**
 * @param args the arguments after `wrangler`
 * @returns Wrangler's exit code
 */
export async function runWrangler(args: string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--quiet",
      fileURLToPath(import.meta.resolve("wrangler")),
      ...args,
      "--config",
      fileURLToPath(configurationFile),
    ],
    // By default it sends usage data to Cloudflare, and its banner checks for a newer version. The lock file decides
    // the version.
    env: { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
  }).spawn().status;
  return code;
}

if (import.meta.main) Deno.exit(await runWrangler(Deno.args));
