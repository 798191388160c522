/**
 * Tests of `aipython kernel install`, each in a separate home.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { type KernelHome, openKernelHome } from "./kernel_home.ts";

/** The folder of this clone. */
export const clone = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** The rules for files and folders here are those of Linux. */
const ignore = Deno.build.os !== "linux";

/** A test in a home that is its own. */
export function installTest(name: string, fn: (home: KernelHome) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      await using home = await openKernelHome();
      await fn(home);
    },
  });
}

/** Whether a file or folder is there. */
export async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
