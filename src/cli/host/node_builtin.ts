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

export const node = {
  get fs(): typeof import("node:fs") {
    return load("node:fs");
  },
  get process(): typeof nodeProcess {
    return load("node:process");
  },
};
