/**
 * Garbage collection on demand, for tests that objects are released.
 *
 * @module
 */

import v8 from "node:v8";
import vm from "node:vm";

v8.setFlagsFromString("--expose-gc");
const gc: () => void = vm.runInNewContext("gc");

/**
 * Collects the objects to which nothing refers. Weak references are cleared between two tasks, so there is a task before and after.
 */
export async function collectGarbage(): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    await new Promise((resolve) => setTimeout(resolve));
    gc();
  }
}
