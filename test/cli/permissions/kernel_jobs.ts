/**
 * The jobs of the kernel commands.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type KernelClient, runCellWithPicture } from "../../support/kernel_client.ts";
import { serveKernel } from "../../support/served_kernel.ts";
import { type CommandJobs, end, type Environment, type Job, MODEL, RED, type Workplace } from "./workplace.ts";

/** Installs a kernel. Returns its folder and its `--allow-read` flag. */
async function installKernel(place: Workplace, environment: Environment, ...args: string[]) {
  const written = await end(place, ["kernel", "install", "--json", ...args], environment);
  const { folder } = JSON.parse(written.slice(written.indexOf("{"), written.lastIndexOf("}") + 1));
  const { argv } = JSON.parse(await Deno.readTextFile(`${folder}/kernel.json`));
  return { folder, readable: String(argv.find((word: string) => word.startsWith("--allow-read="))) };
}

/**
 * Creates a job that shows that a variable sets the kernel's folder: `below` is the path from the variable's value to that
 * folder.
 */
const kernelFolderJob = (name: string, below: string, ...args: string[]): Job => async (place) => {
  const wanted = await Deno.makeTempDir({ dir: place.elsewhere });
  const { folder } = await installKernel(place, { [name]: wanted }, ...args);
  assert.equal(folder, `${wanted}${below}/kernels/aipython`);
};

/**
 * Creates a job that shows that the kernel may read a variable's folder. The variables `before` it would take precedence and are
 * removed.
 */
const kernelReadJob = (name: string, ...before: string[]): Job => async (place) => {
  const environment = Object.fromEntries(Object.entries(place.environment).filter(([each]) => !before.includes(each)));
  const wanted = await Deno.makeTempDir({ dir: place.elsewhere });
  const { readable } = await installKernel({ ...place, environment }, { [name]: wanted });
  assert.ok(readable.split(/[=,]/).includes(wanted), readable);
};

/** The jobs of `aipython kernel install`. */
export const kernelInstall: CommandJobs = {
  async whole(place) {
    const { folder } = await installKernel(place, {});
    assert.match(await end(place, ["kernel", "list"]), /^aipython: [^]*ready\n$/);
    assert.match(await end(place, ["kernel", "uninstall"]), /^Removed /);
    await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
  },
  variables: {
    TMPDIR: kernelReadJob("TMPDIR"),
    TMP: kernelReadJob("TMP", "TMPDIR"),
    TEMP: kernelReadJob("TEMP", "TMPDIR", "TMP"),
    HOME: kernelFolderJob("HOME", "/.local/share/jupyter"),
    XDG_DATA_HOME: kernelFolderJob("XDG_DATA_HOME", "/jupyter"),
    JUPYTER_DATA_DIR: kernelFolderJob("JUPYTER_DATA_DIR", ""),
    JUPYTER_RUNTIME_DIR: kernelReadJob("JUPYTER_RUNTIME_DIR"),
    VIRTUAL_ENV: kernelFolderJob("VIRTUAL_ENV", "/share/jupyter", "--sys-prefix"),
    CONDA_PREFIX: kernelFolderJob("CONDA_PREFIX", "/share/jupyter", "--sys-prefix"),
    async JUPYTER_PATH(place) {
      const folder = `${place.elsewhere}/path`;
      await installKernel(place, { JUPYTER_DATA_DIR: folder });
      assert.match(await end(place, ["kernel", "list"], { JUPYTER_PATH: folder }), /^aipython: /);
    },
  },
};

/** Starts a kernel, calls `use` with its client, and stops the kernel. */
function serve(
  { deno, command, environment, folder, elsewhere }: Workplace,
  use: (client: KernelClient) => Promise<void>,
  mode?: number,
): Promise<void> {
  const line = (file: string) => [deno, ...command("kernel", file, "--env-file", ".env")];
  return serveKernel({ folder: elsewhere, command: line, environment, cwd: folder, mode }, use);
}

/** The jobs of `aipython kernel`. */
export const kernel: CommandJobs = {
  async whole(place) {
    await serve(place, (client) => runCellWithPicture(client, RED));
    assert.equal(place.model.requests.at(-1)?.body.model, MODEL);
  },
  variables: {
    JUPYTER_ALLOW_INSECURE_WRITES(place) {
      const environment = { ...place.environment, JUPYTER_ALLOW_INSECURE_WRITES: "true" };
      return serve({ ...place, environment }, () => Promise.resolve(), 0o644);
    },
  },
};
