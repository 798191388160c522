/**
 * Builds the notebook page into the folder that the one argument names. A process of its own: Vite leaves threads and signal
 * listeners behind.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { build } from "vite";

await build({
  configFile: false,
  root: fileURLToPath(new URL("../page/", import.meta.url)),
  logLevel: "error",
  mode: "production",
  build: {
    outDir: Deno.args[0],
    emptyOutDir: true,
    target: "es2023",
    // The page comes from this machine, whole: LiveStore and CodeMirror are most of it.
    chunkSizeWarningLimit: 4_096,
  },
});
Deno.exit(0);
