/**
 * `aipython kernel install` and secrets: it rejects them as flags and reports where the kernel will find its key.
 *
 * @module
 */

import assert from "node:assert/strict";
import { installTest, isThere } from "./install_home.ts";

installTest("aipython kernel install rejects secrets as flags and suggests the env file", async (home) => {
  const refused: [string[], string, RegExp][] = [
    [["--api-key", "s3cret-key"], "OPENAI_API_KEY", /--api-key would be written to a file that everyone can read/],
    [["--header", "X-Key: s3cret-key"], "AIPYTHON_HEADERS", /--header would be written/],
    [["--base-url", "https://me:s3cret-key@host/v1"], "OPENAI_BASE_URL", /the base URL contains a secret/],
    [["--base-url", "https://host/v1?key=s3cret-key"], "OPENAI_BASE_URL", /the base URL contains a secret/],
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
  "aipython kernel install writes no secret from the environment or the env file, but allows their server",
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

installTest(
  "aipython kernel install warns if the kernel may not find its key and exits with 2 for invalid settings",
  async (home) => {
    const missing = await home.kernel(["install"]);
    assert.equal(missing.code, 0);
    assert.match(missing.stderr, /warn .*there is no API key yet for api\.openai\.com: put a line OPENAI_API_KEY=/);
    const set = await home.kernel(["install"], { OPENAI_API_KEY: "s3cret-key" });
    assert.match(set.stderr, /warn .*finds the API key only if OPENAI_API_KEY is in the environment of the front end/);
    await home.write("open.env", "OPENAI_API_KEY=s3cret-key\n", 0o644);
    const open = await home.kernel(["install", "--env-file", "open.env"]);
    assert.match(
      open.stderr,
      new RegExp(`warn .*other users can read ${home.folder}/open\\.env: run chmod 600 on it\n$`),
    );
    const gone = await home.kernel(["install", "--env-file", "gone.env"]);
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /cannot read the env file "gone\.env": there is no such file/);
    const wrong = await home.kernel(["install", "--reasoning", "deep", "--base-url", "nowhere"]);
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stderr,
      /wrong base URL "nowhere"[^]*wrong reasoning mode "deep"[^]*Try aipython kernel install --help/,
    );
  },
);
