/**
 * `deno task deploy`: deploys the sync worker to Cloudflare. With `--dry-run` it does everything except the upload,
 * and needs no account.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { bundleWorker } from "../../stack/sync_server/worker_bundle.ts";
import { readFlags } from "../task.ts";
import { runWrangler } from "./wrangler.ts";

const usage = `Usage: deno task deploy [--dry-run] [--outdir DIR]

Bundles the sync worker, as the local stack runs it, and deploys it to
Cloudflare as deploy/cloudflare/wrangler.jsonc says. The first time, the
databases and the bucket are created too. deploy/README.md has all steps.

  --dry-run     build and check, and upload nothing: no account is needed
  --outdir DIR  also write to DIR what is, or would be, uploaded
  --help        show this
`;

/** The path at which the configuration expects the bundle. */
const deployedBundle = new URL("../../.cache/deploy/worker.js", import.meta.url);

async function placeBundle(): Promise<void> {
  await Deno.mkdir(new URL("./", deployedBundle), { recursive: true });
  const unfinished = new URL(`./worker.${Deno.pid}.tmp`, deployedBundle);
  await Deno.copyFile(await bundleWorker(), unfinished);
  // Concurrent deployments must not upload an incomplete bundle.
  await Deno.rename(unfinished, deployedBundle);
}

const flags = readFlags({ name: "deploy", usage }, { "dry-run": { type: "boolean" }, outdir: { type: "string" } });
await placeBundle();
const wranglerFlags = [
  ...(flags["dry-run"] ? ["--dry-run"] : []),
  ...(flags.outdir === undefined ? [] : ["--outdir", flags.outdir]),
];
Deno.exit(await runWrangler(["deploy", fileURLToPath(deployedBundle), ...wranglerFlags]));
