/**
 * `aipython kernel install`: the kernelspec that it writes.
 *
 * @module
 */

import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { clone, installTest, isThere } from "./install_home.ts";

const variables =
  "OPENAI_API_KEY,AIPYTHON_*,OPENAI_BASE_URL,OPENAI_ORGANIZATION,OPENAI_PROJECT,AZURE_OPENAI_ENDPOINT," +
  "AZURE_OPENAI_API_KEY,AZURE_OPENAI_DEPLOYMENT,AZURE_OPENAI_DEPLOYMENT_NAME,OPENAI_API_VERSION,AZURE_OPENAI_API_VERSION,JPY_PARENT_PID,JUPYTER_ALLOW_INSECURE_WRITES";

installTest("aipython kernel install writes a kernelspec for the user and reports its folder", async (home) => {
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
  assert.match(stdout, /It may connect to 127\.0\.0\.1 and read[^]*jupyter console --kernel aipython/);
});

installTest(
  "aipython kernel install writes the settings of flags, environment and env file to the kernelspec",
  async (home) => {
    await home.write("my.env", "OPENAI_API_KEY=s3cret-of-file\nAIPYTHON_MODEL=of-file\nAIPYTHON_STALL_TIMEOUT=7\n");
    const args = [
      "--env-file",
      "my.env",
      "--reasoning",
      "off",
      "--no-include-outputs",
      "--insecure",
      "--price",
      "1,.5,2.50",
      "--json",
    ];
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
      "--price=1,0.5,2.5",
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

installTest("aipython kernel install does not read .env in the working directory", async (home) => {
  await home.write(".env", "OPENAI_BASE_URL=https://elsewhere.example/v1\n");
  await home.kernel(["install"]);
  assert.ok((await home.spec()).argv.includes("--base-url=https://api.openai.com/v1"));
});

installTest(
  "aipython kernel install --offline allows only what the offline model needs and reports it",
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
      /separate processes: the kernel may start \S+, with any permission, and write to/,
    );
    assert.match(stdout.replaceAll("\n", " "), /only the standard library, because .* give --packages-url\./);
    const both = await home.kernel(["install", "--offline", "--model", "gpt-4o"]);
    assert.match(both.stderr, /--model cannot be combined with --offline/);
  },
);

installTest("aipython kernel install --packages-url allows only the host of the packages", async (home) => {
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
    { args: ["--packages-url", "http://mirror.example/"], message: /needs --offline: / },
    { args: ["--no-packages"], message: /needs --offline: / },
    { args: ["--offline", "--packages-url", "mirror"], message: /wrong address "mirror"/ },
    {
      args: ["--offline", "--packages-url", "https://me:s3cret-word@mirror.example/"],
      message: /--packages-url contains a secret, which would be written to a file/,
    },
  ]
) {
  installTest(`aipython kernel install rejects ${args.join(" ")}`, async (home) => {
    const { code, stderr } = await home.kernel(["install", ...args]);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /s3cret-word/);
    assert.equal(await isThere(home.kernels), false);
  });
}

installTest("aipython kernel install --history allows the kernel to read and write the file", async (home) => {
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
