/**
 * The Python that has Jupyter's packages, for tests that hold a kernel against them.
 *
 * @module
 */

import { spawnSync } from "node:child_process";

/** The packages of Debian by the modules that they hold. */
const PACKAGES: Readonly<Record<string, string>> = {
  jupyter_client: "python3-jupyter-client",
  zmq: "python3-zmq",
  jupyter_kernel_test: "python3-jupyter-kernel-test",
  nbclient: "python3-nbclient",
  jupyter_console: "jupyter-console",
  jupyter_server: "python3-jupyter-server",
};

/** A Python that has these modules, if there is one. */
export function findPython(modules: readonly string[]): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) =>
    spawnSync(python, ["-c", `import ${modules.join(", ")}`]).status === 0
  );
}

/** Makes a test that needs modules of Python: it is ignored where they are missing, and its name says so then. */
export function jupyterTest(modules: readonly string[], name: string, fn: (python: string) => Promise<void>): void {
  const python = findPython(modules);
  const missing = modules.map((module) => PACKAGES[module] ?? module).join(" ");
  const note = python === undefined ? ` (ignored: it needs apt-get install ${missing})` : "";
  Deno.test({ name: `${name}${note}`, ignore: python === undefined, fn: () => fn(python!) });
}
