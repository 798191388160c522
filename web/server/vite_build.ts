/**
 * Builds the notebook page into the folder given as the only argument. It runs as a separate process, because Vite leaves threads
 * and signal listeners behind.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { build, normalizePath, type Plugin } from "vite";
import config from "../deno.json" with { type: "json" };

const packages = normalizePath(fileURLToPath(new URL("../node_modules/", import.meta.url)));

/** Fails on packages from other folders: they would be a second copy, or missing in a fresh clone. */
const ownPackagesOnly: Plugin = {
  name: "own-packages-only",
  load: {
    filter: { id: /\/node_modules\// },
    handler(id) {
      if (!id.includes(packages)) this.error(`${id} is not below ${packages}: name its package in web/deno.json`);
    },
  },
};

await build({
  configFile: false,
  root: fileURLToPath(new URL("../page/", import.meta.url)),
  logLevel: "error",
  mode: "production",
  // Otherwise files in ../src would find packages in the root's node_modules.
  resolve: { dedupe: Object.keys(config.imports) },
  plugins: [ownPackagesOnly],
  worker: { format: "es", plugins: () => [ownPackagesOnly] },
  build: {
    outDir: Deno.args[0],
    emptyOutDir: true,
    target: "es2023",
    // The page is loaded from this machine. LiveStore and CodeMirror are most of its size.
    chunkSizeWarningLimit: 4_096,
  },
});
Deno.exit(0);
