/**
 * Node's modules, loaded when they are first used.
 *
 * `--help` needs neither `node:process` nor `node:fs`, and loading both would be a tenth of its time.
 *
 * @module
 */

import type nodeProcess from "node:process";

// deno-lint-ignore no-process-global -- importing it is what takes the time
const load = <Module>(name: string) => globalThis.process.getBuiltinModule(name) as Module;

/** The modules. */
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
