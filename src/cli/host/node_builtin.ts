/**
 * Loads Node's modules on first use.
 *
 * `--help` needs neither `node:process` nor `node:fs`, and loading both would take a tenth of its time.
 *
 * @module
 */

import type nodeProcess from "node:process";

// deno-lint-ignore no-process-global -- the import of `node:process` is what takes the time
const load = <Module>(name: string) => globalThis.process.getBuiltinModule(name) as Module;

/** Getters that load a module. */
export const node = {
  /** `node:fs`. */
  get fs(): typeof import("node:fs") {
    return load("node:fs");
  },
  /** `node:process`. */
  get process(): typeof nodeProcess {
    return load("node:process");
  },
};
