/**
 * Finds a Python with Jupyter's packages, for tests of a kernel with them.
 *
 * @module
 */

import { spawnSync } from "node:child_process";

/** The Debian packages, by the modules that they contain. */
const PACKAGES: Readonly<Record<string, string>> = {
  jupyter_client: "python3-jupyter-client",
  zmq: "python3-zmq",
  jupyter_kernel_test: "python3-jupyter-kernel-test",
  nbclient: "python3-nbclient",
  jupyter_console: "jupyter-console",
  jupyter_server: "python3-jupyter-server",
};

/** Finds a Python that has these modules. */
export function findPython(modules: readonly string[]): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) =>
    spawnSync(python, ["-c", `import ${modules.join(", ")}`]).status === 0
  );
}

/** Declares a test that needs Python modules. It is ignored if they are missing, and its name then gives the reason. */
export function jupyterTest(modules: readonly string[], name: string, fn: (python: string) => Promise<void>): void {
  const python = findPython(modules);
  const missing = modules.map((module) => PACKAGES[module] ?? module).join(" ");
  const note = python === undefined ? ` (ignored: it needs apt-get install ${missing})` : "";
  Deno.test({ name: `${name}${note}`, ignore: python === undefined, fn: () => fn(python!) });
}
