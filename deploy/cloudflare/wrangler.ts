/**
 * `deno task wrangler`: Cloudflare's command, on Deno and on this deployment's configuration. Logs in, creates, asks, deletes.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { configurationFile } from "../../stack/sync_server/worker_options.ts";

/**
 * Runs Wrangler on this terminal.
 *
 * @param args the arguments after `wrangler`
 * @returns its exit code
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
    // It reports to its maker otherwise, and its banner asks whether there is a newer one: the lock file says which one it is.
    env: { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
  }).spawn().status;
  return code;
}

if (import.meta.main) Deno.exit(await runWrangler(Deno.args));
