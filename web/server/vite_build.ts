/**
 * Builds the notebook page into the folder that the one argument names. A process of its own: Vite leaves threads and signal
 * listeners behind.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { build, normalizePath, type Plugin } from "vite";
import config from "../deno.json" with { type: "json" };

const packages = normalizePath(fileURLToPath(new URL("../node_modules/", import.meta.url)));

/** Fails on a package from elsewhere: a second copy beside ours, or one that a clone may not have installed. */
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
  // Files in ../src would otherwise look for packages beside themselves, in the root's node_modules.
  resolve: { dedupe: Object.keys(config.imports) },
  plugins: [ownPackagesOnly],
  worker: { format: "es", plugins: () => [ownPackagesOnly] },
  build: {
    outDir: Deno.args[0],
    emptyOutDir: true,
    target: "es2023",
    // The page comes from this machine, whole: LiveStore and CodeMirror are most of it.
    chunkSizeWarningLimit: 4_096,
  },
});
Deno.exit(0);
