/**
 * Jupyter's own reader of kernelspecs and the kernelspecs of `aipython kernel install`. Needs Debian's package
 * `python3-jupyter-client`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { openKernelHome } from "./kernel_home.ts";

const READ = `
import json
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir
manager = KernelSpecManager(ensure_native_kernel=False)
kernel = KernelManager(kernel_name="aipython", connection_file="/run/kernel 1.json")
kernel._launch_args = {}
print(json.dumps({
    "kernels": manager.get_all_specs(),
    "command": kernel.format_kernel_cmd(),
    "data": jupyter_data_dir(),
    "runtime": jupyter_runtime_dir(),
}))
`;

/** Returns a Python that has jupyter_client, or `undefined`. */
async function findPython(): Promise<string | undefined> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const { success } = await new Deno.Command(python, { args: ["-c", "import jupyter_client"], stderr: "null" })
        .output();
      if (success) return python;
    } catch {
      // This program is not installed.
    }
  }
}

const python = await findPython();
const note = python === undefined ? " (ignored: apt-get install python3-jupyter-client)" : "";

Deno.test({
  name: `jupyter_client finds the kernelspec that aipython kernel install writes${note}`,
  ignore: python === undefined,
  async fn() {
    const variables = ["JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "XDG_DATA_HOME"];
    for (const variable of [undefined, ...variables]) {
      await using home = await openKernelHome();
      const environment = variable === undefined ? {} : { [variable]: `${home.folder}/of variable` };
      const { code, stdout, stderr } = await home.kernel(["install", "--offline", "--json"], environment);
      assert.equal(code, 0, stderr);
      const { folder } = JSON.parse(stdout);
      const spec = JSON.parse(await Deno.readTextFile(`${folder}/kernel.json`));

      const read = await new Deno.Command(python!, {
        args: ["-W", "ignore", "-c", READ],
        env: { ...home.environment, ...environment },
        cwd: home.folder,
      }).output();
      assert(read.success, new TextDecoder().decode(read.stderr));
      const { kernels, command, data, runtime } = JSON.parse(new TextDecoder().decode(read.stdout));
      assert.deepEqual(kernels.aipython, { resource_dir: folder, spec: { ...spec, env: {} } });
      assert.equal(folder, `${data}/kernels/aipython`);
      const readable = spec.argv.find((word: string) => word.startsWith("--allow-read="));
      assert.ok(readable.split(/[=,]/).includes(runtime), `${readable} does not contain ${runtime}`);
      assert.deepEqual(
        command,
        spec.argv.map((word: string) => word === "{connection_file}" ? "/run/kernel 1.json" : word),
      );
    }
  },
});
