/**
 * `aipython kernel install`: what it writes, and what it refuses.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import config from "../../../deno.json" with { type: "json" };
import { runToEnd } from "../command_process.ts";
import { type KernelHome, openKernelHome } from "./kernel_home.ts";

const clone = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** The rules for files and folders here are those of Linux. */
const ignore = Deno.build.os !== "linux";

function installTest(name: string, fn: (home: KernelHome) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      await using home = await openKernelHome();
      await fn(home);
    },
  });
}

/** Whether a file or folder is there. */
async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

const variables =
  "OPENAI_API_KEY,AIPYTHON_*,OPENAI_BASE_URL,OPENAI_ORGANIZATION,OPENAI_PROJECT,AZURE_OPENAI_ENDPOINT," +
  "AZURE_OPENAI_API_KEY,AZURE_OPENAI_DEPLOYMENT,AZURE_OPENAI_DEPLOYMENT_NAME,OPENAI_API_VERSION,AZURE_OPENAI_API_VERSION,JPY_PARENT_PID,JUPYTER_ALLOW_INSECURE_WRITES";

installTest("aipython kernel install writes a kernelspec for this user, and says where it is", async (home) => {
  const { folder, kernels, environment } = home;
  const { code, stdout, stderr } = await home.kernel(["install", "--base-url", "http://127.0.0.1:8080/v1"]);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  assert.deepEqual(await home.spec(), {
    argv: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "--config",
      `${clone}/deno.json`,
      "--allow-net=127.0.0.1",
      `--allow-read=${folder}/.local/share/jupyter/runtime,${environment.TMPDIR},${clone}/node_modules,${clone}/src`,
      `--allow-env=${variables}`,
      "--ignore-env",
      `${clone}/bin/aipython.ts`,
      "kernel",
      "-f",
      "{connection_file}",
      "--model=gpt-4o-mini",
      "--base-url=http://127.0.0.1:8080/v1",
    ],
    display_name: "Python, played by gpt-4o-mini (AIPython)",
    language: "python",
    interrupt_mode: "message",
    metadata: {
      debugger: false,
      aipython: { version: config.version, model: "gpt-4o-mini", baseUrl: "http://127.0.0.1:8080/v1" },
    },
  });
  const files = (await Array.fromAsync(Deno.readDir(`${kernels}/aipython`))).map(({ name }) => name).toSorted();
  assert.deepEqual(files, ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
  assert.match(stdout, /^Installed "Python, played by gpt-4o-mini \(AIPython\)" as the kernel aipython\.\n/);
  assert.ok(stdout.includes(`\n${kernels}/aipython\n`), stdout);
  assert.match(stdout, /It may reach 127\.0\.0\.1 and read[^]*jupyter console --kernel aipython/);
});

installTest(
  "aipython kernel install writes down what flags and environment set, and the model in any case",
  async (home) => {
    await home.write("my.env", "OPENAI_API_KEY=s3cret-of-file\nAIPYTHON_MODEL=of-file\nAIPYTHON_STALL_TIMEOUT=7\n");
    const args = ["--env-file", "my.env", "--reasoning", "off", "--no-include-outputs", "--insecure", "--json"];
    const environment = { AIPYTHON_MAX_HISTORY_LENGTH: "5", OPENAI_ORGANIZATION: "org" };
    const { code, stdout, stderr } = await home.kernel(["install", "--name", "Mine", ...args], environment);
    assert.equal(code, 0, stderr);
    const { argv, display_name } = await home.spec("mine");
    assert.deepEqual(argv.slice(argv.indexOf("kernel") + 1), [
      "-f",
      "{connection_file}",
      `--env-file=${home.folder}/my.env`,
      "--model=of-file",
      "--base-url=https://api.openai.com/v1",
      "--insecure",
      "--organization=org",
      "--max-history-length=5",
      "--no-include-outputs",
      "--reasoning=off",
    ]);
    assert.ok(argv.includes("--allow-net=127.0.0.1,api.openai.com:443"));
    assert.ok(argv.find((word) => word.startsWith("--allow-read="))!.endsWith(`,${home.folder}/my.env`));
    assert.deepEqual(JSON.parse(stdout), {
      name: "mine",
      folder: `${home.kernels}/mine`,
      displayName: display_name,
      warnings: [],
    });
  },
);

installTest("aipython kernel install refuses secrets, and says where they belong", async (home) => {
  const refused: [string[], string, RegExp][] = [
    [["--api-key", "s3cret-key"], "OPENAI_API_KEY", /--api-key would stand in a file that everybody may read/],
    [["--header", "X-Key: s3cret-key"], "AIPYTHON_HEADERS", /--header would stand/],
    [["--base-url", "https://me:s3cret-key@host/v1"], "OPENAI_BASE_URL", /the base URL holds a secret/],
    [["--base-url", "https://host/v1?key=s3cret-key"], "OPENAI_BASE_URL", /the base URL holds a secret/],
  ];
  for (const [args, variable, expected] of refused) {
    const { code, stdout, stderr } = await home.kernel(["install", ...args]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, expected);
    assert.ok(stderr.includes(`put a line ${variable}=... into a file`) && stderr.includes("--env-file"), stderr);
    assert.match(stderr, /desktop front ends do not have/);
    assert.doesNotMatch(stderr, /s3cret/);
  }
  assert.equal(await isThere(home.kernels), false);
});

installTest(
  "aipython kernel install writes no secret of environment or env file, and allows their server",
  async (home) => {
    const env =
      "OPENAI_BASE_URL=https://me:s3cret-word@gateway.example/v1?key=s3cret-query\nOPENAI_API_KEY=s3cret-of-file\n";
    await home.write("my.env", env);
    const environment = { OPENAI_API_KEY: "s3cret-key", AIPYTHON_HEADERS: "X-Key: s3cret-header" };
    const { code, stderr } = await home.kernel(["install", "--env-file", "my.env"], environment);
    assert.equal(code, 0, stderr);
    const { argv, metadata } = await home.spec();
    assert.doesNotMatch(JSON.stringify(await home.spec()) + stderr, /s3cret/);
    assert.ok(argv.includes("--allow-net=127.0.0.1,gateway.example:443"));
    assert.ok(!argv.some((word) => word.startsWith("--base-url")));
    assert.equal(new URL(metadata.aipython.baseUrl).host, "gateway.example");
  },
);

installTest("aipython kernel install says how the kernel comes to its key", async (home) => {
  const missing = await home.kernel(["install"]);
  assert.equal(missing.code, 0);
  assert.match(missing.stderr, /warn .*there is no API key yet for api\.openai\.com: put a line OPENAI_API_KEY=/);
  const set = await home.kernel(["install"], { OPENAI_API_KEY: "s3cret-key" });
  assert.match(set.stderr, /warn .*finds the API key where OPENAI_API_KEY is in the environment of the front end/);
  await home.write("open.env", "OPENAI_API_KEY=s3cret-key\n", 0o644);
  const open = await home.kernel(["install", "--env-file", "open.env"]);
  assert.match(open.stderr, new RegExp(`warn .*others may read ${home.folder}/open\\.env: .* chmod 600\n$`));
  const gone = await home.kernel(["install", "--env-file", "gone.env"]);
  assert.equal(gone.code, 2);
  assert.match(gone.stderr, /cannot read the env file "gone\.env": there is no such file/);
  const wrong = await home.kernel(["install", "--reasoning", "deep", "--base-url", "nowhere"]);
  assert.equal(wrong.code, 2);
  assert.match(
    wrong.stderr,
    /wrong base URL "nowhere"[^]*wrong reasoning mode "deep"[^]*Try aipython kernel install --help/,
  );
});

installTest("aipython kernel install leaves the .env of the working directory alone", async (home) => {
  await home.write(".env", "OPENAI_BASE_URL=https://elsewhere.example/v1\n");
  await home.kernel(["install"]);
  assert.ok((await home.spec()).argv.includes("--base-url=https://api.openai.com/v1"));
});

installTest("aipython kernel install takes the names that Jupyter takes, and lines of text to show", async (home) => {
  for (const name of ["..", ".", "a/b", "a b", "é", ""]) {
    const { code, stderr } = await home.kernel(["install", "--name", name]);
    assert.equal(code, 2);
    assert.match(stderr, /wrong kernel name ".*": expected letters of ASCII, digits, and \. _ -/);
  }
  for (const text of ["", " ", "a\nb", "a\x1b[1mb"]) {
    const { code, stderr } = await home.kernel(["install", "--display-name", text]);
    assert.equal(code, 2);
    assert.match(stderr, /wrong display name/);
  }
  assert.equal(await isThere(home.kernels), false);
  await home.kernel(["install", "--name", "My.Kernel_1-x", "--display-name", 'The "made up" Python']);
  assert.equal((await home.spec("my.kernel_1-x")).display_name, 'The "made up" Python');
});

installTest(
  "aipython kernel install replaces its own kernel, and another program's with --force alone",
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
  "aipython kernel install knows the folders of Jupyter, of a prefix and of the active environment",
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
      [["--user", "--prefix", "x"], /give one of --user and --prefix: each names another folder/],
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

installTest("aipython kernel install allows where a link among the folders leads, too", async (home) => {
  await Deno.mkdir(`${home.folder}/disk`);
  await Deno.symlink(`${home.folder}/disk`, `${home.folder}/link`);
  await home.kernel(["install", "--offline"], { TMPDIR: `${home.folder}/link` });
  const read = (await home.spec()).argv.find((word) => word.startsWith("--allow-read="))!;
  assert.ok(read.includes(`,${home.folder}/link,${home.folder}/disk,`), read);
});

installTest(
  "aipython kernel install --offline says what the offline model needs, and allows that alone",
  async (home) => {
    const { code, stdout, stderr } = await home.kernel(["install", "--offline", "--name", "offline"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const { argv, display_name, metadata } = await home.spec("offline");
    assert.equal(display_name, "Python without packages, offline (AIPython)");
    assert.deepEqual(metadata.aipython, { version: config.version });
    assert.ok(argv.includes("--allow-net=127.0.0.1"));
    assert.ok(argv.includes(`--allow-run=${Deno.execPath()}`));
    assert.ok(argv.includes(`--allow-write=${clone}/.cache/offline_model`));
    assert.deepEqual(argv.slice(argv.indexOf("kernel") + 1), ["-f", "{connection_file}", "--offline", "--no-packages"]);
    assert.match(
      stdout.replaceAll("\n", " "),
      /processes of its own: the kernel may start \S+, with any permission, and write to/,
    );
    assert.match(stdout.replaceAll("\n", " "), /standard library alone, because .*: name one with --packages-url\./);
    const both = await home.kernel(["install", "--offline", "--model", "gpt-4o"]);
    assert.match(both.stderr, /--model makes no sense with --offline/);
  },
);

installTest("aipython kernel install --packages-url allows the host of the packages, and no other", async (home) => {
  const url = "http://mirror.example/pyodide/";
  const { code, stdout, stderr } = await home.kernel(["install", "--offline", "--packages-url", url]);
  assert.deepEqual([code, stderr], [0, ""]);
  const { argv, display_name } = await home.spec();
  assert.equal(display_name, "Python with packages, offline (AIPython)");
  assert.ok(argv.includes("--allow-net=127.0.0.1,mirror.example:80"), argv.join(" "));
  assert.deepEqual(argv.slice(argv.indexOf("--offline")), ["--offline", `--packages-url=${url}`]);
  assert.match(stdout.replaceAll("\n", " "), /are fetched from mirror\.example\./);
});

for (
  const { args, message } of [
    { args: ["--packages-url", "http://mirror.example/"], message: /makes sense with --offline only/ },
    { args: ["--no-packages"], message: /makes sense with --offline only/ },
    { args: ["--offline", "--packages-url", "mirror"], message: /wrong address "mirror"/ },
    {
      args: ["--offline", "--packages-url", "https://me:s3cret-word@mirror.example/"],
      message: /--packages-url holds a secret, which would stand in a file/,
    },
  ]
) {
  installTest(`aipython kernel install refuses ${args.join(" ")}`, async (home) => {
    const { code, stderr } = await home.kernel(["install", ...args]);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /s3cret-word/);
    assert.equal(await isThere(home.kernels), false);
  });
}

installTest("aipython kernel install --history lets the kernel read and write that file", async (home) => {
  const { code, stderr } = await home.kernel([
    "install",
    "--history",
    "past.jsonl",
    "--base-url",
    "http://127.0.0.1:1/v1",
  ]);
  assert.deepEqual([code, stderr], [0, ""]);
  const { argv } = await home.spec();
  const file = `${home.folder}/past.jsonl`;
  assert.ok(argv.includes(`--history=${file}`) && argv.includes(`--allow-write=${file}`), argv.join(" "));
  assert.ok(argv.find((word) => word.startsWith("--allow-read="))!.endsWith(`,${file}`));
});

installTest("aipython kernel install says which permission it lacks", async (home) => {
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
  assert.match(comma.stderr, /"\/run\/a,b" has a comma in its path/);
});
