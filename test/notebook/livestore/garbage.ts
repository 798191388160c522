/**
 * Garbage collection on demand, for tests of what is let go of.
 *
 * @module
 */

import v8 from "node:v8";
import vm from "node:vm";

v8.setFlagsFromString("--expose-gc");
const gc: () => void = vm.runInNewContext("gc");

/** Collects what nothing refers to. Weak references are cleared between two tasks, so there is one before and after. */
export async function collectGarbage(): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    await new Promise((resolve) => setTimeout(resolve));
    gc();
  }
}
