/**
 * `aipython kernel install`: names, folders and permissions.
 *
 * @module
 */

import assert from "node:assert/strict";
import { runToEnd } from "../command_process.ts";
import { installTest, isThere } from "./install_home.ts";

installTest(
  "aipython kernel install rejects names that Jupyter rejects and display names that are not one line of text",
  async (home) => {
    for (const name of ["..", ".", "a/b", "a b", "é", ""]) {
      const { code, stderr } = await home.kernel(["install", "--name", name]);
      assert.equal(code, 2);
      assert.match(stderr, /wrong kernel name ".*": expected ASCII letters, digits, and \. _ -/);
    }
    for (const text of ["", " ", "a\nb", "a\x1b[1mb"]) {
      const { code, stderr } = await home.kernel(["install", "--display-name", text]);
      assert.equal(code, 2);
      assert.match(stderr, /wrong display name/);
    }
    assert.equal(await isThere(home.kernels), false);
    await home.kernel(["install", "--name", "My.Kernel_1-x", "--display-name", 'The "made up" Python']);
    assert.equal((await home.spec("my.kernel_1-x")).display_name, 'The "made up" Python');
  },
);

installTest(
  "aipython kernel install replaces its own kernel, but another program's only with --force",
  async (home) => {
    await home.kernel(["install", "--model", "one"]);
    const again = await home.kernel(["install", "--model", "two"]);
    assert.equal(again.code, 0, again.stderr);
    assert.match((await home.spec()).display_name, /two/);

    const foreign = `${home.kernels}/Python3`;
    await Deno.mkdir(foreign);
    await Deno.writeTextFile(
      `${foreign}/kernel.json`,
      '{"argv": ["python"], "display_name": "Python 3", "language": "python"}',
    );
    await Deno.writeTextFile(`${foreign}/kernel.js`, "define();");
    const refused = await home.kernel(["install", "--name", "python3"]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /Python3 is another program's kernel; give another name with --name, or --force/);
    assert.match(await Deno.readTextFile(`${foreign}/kernel.json`), /Python 3/);
    const forced = await home.kernel(["install", "--name", "python3", "--force"]);
    assert.equal(forced.code, 0, forced.stderr);
    assert.match((await home.spec("python3")).display_name, /AIPython/);
    assert.equal(await isThere(foreign), false);
  },
);

installTest(
  "aipython kernel install writes to the user's folder, to a prefix or to the active environment",
  async (home) => {
    const prefix = `${home.folder}/a venv`;
    const inPrefix = `${prefix}/share/jupyter/kernels`;
    const places: [string[], Record<string, string>, string][] = [
      [["--user"], { JUPYTER_DATA_DIR: `${home.folder}/data` }, `${home.folder}/data/kernels`],
      [[], { XDG_DATA_HOME: `${home.folder}/xdg` }, `${home.folder}/xdg/jupyter/kernels`],
      [["--prefix", prefix], {}, inPrefix],
      [["--prefix", "a venv", "--name", "relative"], {}, inPrefix],
      [["--sys-prefix", "--name", "active"], { VIRTUAL_ENV: prefix, CONDA_PREFIX: "/nowhere" }, inPrefix],
      [["--sys-prefix", "--name", "conda"], { CONDA_PREFIX: prefix }, inPrefix],
    ];
    for (const [args, environment, kernels] of places) {
      const { code, stdout, stderr } = await home.kernel(["install", "--json", ...args], environment);
      assert.equal(code, 0, stderr);
      const { name, folder } = JSON.parse(stdout);
      assert.equal(folder, `${kernels}/${name}`);
      assert.ok((await home.spec(name, kernels)).argv.length > 0);
    }
    const runtime = { JUPYTER_RUNTIME_DIR: `${home.folder}/run` };
    await home.kernel(["install"], runtime);
    const read = (await home.spec()).argv.find((word) => word.startsWith("--allow-read="));
    assert.match(read!, /=[^,]*\/run,[^,]*\/\.local\/share\/jupyter\/runtime,/);
    const wrong: [string[], RegExp][] = [
      [["--user", "--prefix", "x"], /give only one of --user and --prefix: each chooses another folder/],
      [["--sys-prefix"], /no Python environment is active: neither VIRTUAL_ENV nor CONDA_PREFIX is set/],
    ];
    for (const [args, expected] of wrong) {
      const { code, stderr } = await home.kernel(["install", ...args]);
      assert.equal(code, 2);
      assert.match(stderr, expected);
    }
    assert.match(
      (await home.kernel(["install"], { HOME: "" })).stderr,
      /neither JUPYTER_DATA_DIR nor HOME can be read/,
    );
  },
);

installTest("aipython kernel install also allows reading the target of a linked folder", async (home) => {
  await Deno.mkdir(`${home.folder}/disk`);
  await Deno.symlink(`${home.folder}/disk`, `${home.folder}/link`);
  await home.kernel(["install", "--offline"], { TMPDIR: `${home.folder}/link` });
  const read = (await home.spec()).argv.find((word) => word.startsWith("--allow-read="))!;
  assert.ok(read.includes(`,${home.folder}/link,${home.folder}/disk,`), read);
});

installTest("aipython kernel install reports why it cannot write the kernel", async (home) => {
  const options = { directory: home.folder, environment: home.environment };
  const { code, stderr } = await runToEnd(["kernel", "install", "--offline"], options);
  assert.equal(code, 1);
  assert.match(stderr, /cannot write the kernel into .*: Requires write access to .* --allow-write/);
  await Deno.writeTextFile(`${home.folder}/file`, "");
  const prefix = await home.kernel(["install", "--offline", "--prefix", `${home.folder}/file`]);
  assert.equal(prefix.code, 1);
  assert.match(prefix.stderr, /cannot write the kernel into .*: a part of the path is a file, not a folder/);
  const comma = await home.kernel(["install", "--offline"], { JUPYTER_RUNTIME_DIR: "/run/a,b" });
  assert.equal(comma.code, 2);
  assert.match(comma.stderr, /"\/run\/a,b" contains a comma, and Deno/);
});
