/**
 * Tests of `aipython kernel install`, each with its own home folder.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { type KernelHome, openKernelHome } from "./kernel_home.ts";

/** The folder of this clone. */
export const clone = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** The tests expect Linux's rules for files and folders. */
const ignore = Deno.build.os !== "linux";

/** Registers a test with its own home folder. */
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

/** Returns whether a file or folder exists. */
export async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
