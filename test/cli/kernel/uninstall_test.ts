/**
 * `aipython kernel uninstall` and `aipython kernel list`.
 *
 * @module
 */

import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { openKernelHome } from "./kernel_home.ts";

/** The tests expect Linux's rules for files and folders. */
const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "aipython kernel list shows the kernels of AIPython, their models and their missing files",
  ignore,
  async fn() {
    await using home = await openKernelHome();
    const none = await home.kernel(["list"]);
    assert.equal(none.code, 0, none.stderr);
    assert.match(none.stdout, /^There is no kernel of AIPython in .*\naipython kernel install installs one\.\n$/);
    assert.equal((await home.kernel(["list", "--json"])).stdout, "[]\n");

    const envFile = await home.write("my.env", "OPENAI_API_KEY=s3cret-key\n");
    await home.kernel(["install", "--env-file", envFile, "--model", "gpt-4o"]);
    await home.kernel(["install", "--offline", "--prefix", "venv"]);
    await Deno.mkdir(`${home.kernels}/python3`);
    await Deno.writeTextFile(`${home.kernels}/python3/kernel.json`, '{"argv": [], "display_name": "Python 3"}');
    await Deno.mkdir(`${home.kernels}/broken`);
    await Deno.writeTextFile(`${home.kernels}/broken/kernel.json`, "{");
    const environment = { VIRTUAL_ENV: `${home.folder}/venv` };
    const { stdout } = await home.kernel(["list"], environment);
    assert.equal(
      stdout,
      `aipython: Python, played by gpt-4o (AIPython)
  ${home.kernels}/aipython
  gpt-4o at https://api.openai.com/v1
  ready

aipython: Python without packages, offline (AIPython)
  ${home.folder}/venv/share/jupyter/kernels/aipython
  the offline model
  ready
`,
    );
    assert.match((await home.kernel(["list", "--prefix", "venv"])).stdout, /^aipython: .*offline[^\0]*ready\n$/);

    await Deno.remove(envFile);
    const spec = await home.spec();
    spec.argv[0] = "/gone/deno";
    spec.argv[spec.argv.indexOf("kernel") - 1] = "/gone/bin/aipython.ts";
    await Deno.writeTextFile(`${home.kernels}/aipython/kernel.json`, JSON.stringify(spec));
    const lacking = await home.kernel(["list", "--user", "--json"]);
    assert.deepEqual(JSON.parse(lacking.stdout), [{
      name: "aipython",
      folder: `${home.kernels}/aipython`,
      displayName: "Python, played by gpt-4o (AIPython)",
      version: config.version,
      model: "gpt-4o",
      baseUrl: "https://api.openai.com/v1",
      missing: ["/gone/deno", "/gone/bin/aipython.ts", envFile],
    }]);
    assert.match(
      (await home.kernel(["list"])).stdout,
      /cannot start, because \/gone\/deno and .* is missing: install it again/,
    );
  },
});

Deno.test({
  name: "aipython kernel uninstall removes another program's kernel only with --force",
  ignore,
  async fn() {
    await using home = await openKernelHome();
    const none = await home.kernel(["uninstall"]);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /there is no kernel aipython in .*; aipython kernel list shows the installed ones/);

    await home.kernel(["install", "--offline", "--prefix", "venv"]);
    const elsewhere = await home.kernel(["uninstall"], { VIRTUAL_ENV: `${home.folder}/venv` });
    assert.match(
      elsewhere.stderr,
      /there is one in .*\/venv\/share\/jupyter\/kernels\/aipython: give its --prefix DIR/,
    );
    const removed = await home.kernel(["uninstall", "--prefix", "venv"]);
    assert.equal(
      removed.stdout,
      `Removed the kernel aipython from ${home.folder}/venv/share/jupyter/kernels/aipython.\n`,
    );
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${home.folder}/venv/share/jupyter/kernels`)), []);

    const foreign = `${home.kernels}/python3`;
    await Deno.mkdir(foreign, { recursive: true });
    await Deno.writeTextFile(`${foreign}/kernel.json`, '{"argv": [], "display_name": "Python 3"}');
    const refused = await home.kernel(["uninstall", "--name", "python3"]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /another program's kernel; give --force/);
    assert.ok((await Deno.stat(foreign)).isDirectory);
    const forced = await home.kernel(["uninstall", "--name", "python3", "--force", "--json"]);
    assert.deepEqual(JSON.parse(forced.stdout), { name: "python3", folder: foreign });
    const traversal = await home.kernel(["uninstall", "--name", "..", "--force"]);
    assert.equal(traversal.code, 2);
  },
});

Deno.test({
  name: "aipython kernel uninstall removes a link and keeps the folder to which it leads",
  ignore,
  async fn() {
    await using home = await openKernelHome();
    await home.kernel(["install", "--offline", "--prefix", "venv"]);
    const target = `${home.folder}/venv/share/jupyter/kernels/aipython`;
    await Deno.mkdir(home.kernels, { recursive: true });
    await Deno.symlink(target, `${home.kernels}/aipython`);
    const { code, stderr } = await home.kernel(["uninstall"]);
    assert.equal(code, 0, stderr);
    assert.ok((await Deno.stat(`${target}/kernel.json`)).isFile);
  },
});
