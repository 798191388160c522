import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { commands } from "../../src/cli/commands.ts";
import { exitCodes } from "../../src/cli/exit_code.ts";
import { commandFlags, optionTable } from "../../src/options/option_table.ts";
import { idleAipython, runToEnd, startCommand } from "./command_process.ts";

const unreachable = ["--sync-url", "ws://127.0.0.1:9/livestore"];
const requiredFor = (
  notebook: string,
) => ["--notebook", notebook, "--auth-token", "s3cret-token", "--api-key", "s3cret-key", ...unreachable];
const required = requiredFor("n");

/** The commands of one word, in the order in which help lists them. */
const firstWords = commands.map(({ name }) => name).filter((name) => /^\S+$/.test(name));

Deno.test("aipython --help shows every flag, variable, default and exit code within 80 columns", async () => {
  const { code, stdout, stderr } = await runToEnd(["--help", "--no-such-flag"]);
  assert.deepEqual([code, stderr], [0, ""]);
  for (const line of stdout.split("\n")) assert(line.length <= 80, line);
  for (const { flag, environment, fallback } of Object.values(optionTable)) {
    assert(stdout.includes(`--${flag}`), flag);
    for (const name of environment) assert(stdout.includes(name), name);
    if (fallback?.kind === "value") assert(stdout.includes(`Default: ${fallback.value}.`.split(": ")[1]), flag);
  }
  assert(stdout.includes("--no-include-outputs"));
  for (const { flag } of Object.values(commandFlags)) assert(stdout.includes(`--${flag}`), flag);
  for (const exit of exitCodes) assert(stdout.includes(`${String(exit.code).padEnd(5)}${exit.meaning}`), exit.meaning);
  assert.equal((await runToEnd(["-h"])).stdout, stdout);
});

Deno.test("aipython --version prints the package's version", async () => {
  assert.deepEqual(await runToEnd(["--version"]), { code: 0, stdout: `${config.version}\n`, stderr: "" });
});

Deno.test("aipython reports all mistakes of a command line at once", async () => {
  const args = ["--modle", "gpt-4", "--auth-token", "--log-level", "loud", "extra", "--include-outputs=maybe"];
  const environment = { RUNTIME_ID: "42", AIPYTHON_STALL_TIMEOUT: "soon" };
  const { code, stdout, stderr } = await runToEnd(args, { environment });
  assert.deepEqual([code, stdout], [2, ""]);
  assert.deepEqual(stderr.trimEnd().split("\n").map((line) => line.replace(/(: (expected|give|--\S+ TOKEN)).*/, "")), [
    "aipython: unknown flag --modle: did you mean --model?",
    "aipython: --auth-token needs a value",
    `aipython: unexpected argument "extra": the commands are ${firstWords.join(", ")}`,
    "aipython: --include-outputs takes no value",
    "aipython: missing notebook id",
    "aipython: missing API key",
    'aipython: wrong runtime id "42" (from RUNTIME_ID)',
    'aipython: wrong stall timeout "soon" (from AIPYTHON_STALL_TIMEOUT)',
    'aipython: wrong log level "loud" (from --log-level)',
    "Try aipython --help.",
  ]);
});

Deno.test("aipython reads .env in the working directory, and flags and environment take precedence", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const lines = ["NOTEBOOK_ID='my notebook'", "AUTH_TOKEN=file-token", "RUNTIME_ID=1", "AIPYTHON_MODEL=m"];
    await Deno.writeTextFile(`${directory}/.env`, lines.join("\n"));
    const environment = { RUNTIME_ID: "2", OPENAI_API_KEY: "", AIPYTHON_LOG_LEVEL: "loud" };
    const { code, stderr } = await runToEnd(["--log-level", "louder"], { directory, environment });
    assert.equal(code, 2);
    assert.match(stderr, /wrong notebook id "my notebook" \(from NOTEBOOK_ID in the env file\)/);
    assert.match(stderr, /wrong runtime id "2" \(from RUNTIME_ID\)/);
    assert.match(stderr, /wrong log level "louder" \(from --log-level\)/);
    assert.match(stderr, /missing API key/);
    assert.doesNotMatch(stderr, /auth token/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("aipython ignores a missing .env and a folder named .env", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${directory}/.env`);
    const withFolder = await runToEnd([], { directory });
    assert.doesNotMatch(withFolder.stderr, /env file/);
    assert.deepEqual(withFolder, await runToEnd([]));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("aipython reads a .env file with a byte order mark and CRLF, and rejects one in UTF-16", async () => {
  const directory = await Deno.makeTempDir();
  const write = (text: string) => Deno.writeTextFile(`${directory}/.env`, text);
  try {
    await write("\uFEFFNOTEBOOK_ID=my notebook\r\nexport AUTH_TOKEN=a#b\r\nAIPYTHON_MODLE=m\r\n");
    const { stderr } = await runToEnd([], { directory, environment: { OPENAI_API_KEY: " " } });
    assert.match(stderr, /wrong notebook id "my notebook" \(from NOTEBOOK_ID in the env file\)/);
    assert.match(stderr, /missing API key: OPENAI_API_KEY is set, but empty; give --api-key KEY or set OPENAI_API_KEY/);
    assert.match(stderr, /unknown variable AIPYTHON_MODLE: did you mean AIPYTHON_MODEL\?/);
    assert.doesNotMatch(stderr, /auth token/);
    await Deno.writeFile(`${directory}/.env`, new Uint8Array([0xff, 0xfe, 0x41, 0]));
    const other = await runToEnd([], { directory });
    assert.match(other.stderr, /cannot read the env file "\.env": it is text in UTF-16, not in UTF-8; convert it/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("aipython warns about a variable that is probably misspelled", async () => {
  const environment = { AIPYTHON_LOG_LEVL: "debug", OPENAI_API_KEY: "none" };
  const { stderr } = await runToEnd(["run", "missing.py"], { environment });
  assert.match(stderr, /warn {2}unknown variable AIPYTHON_LOG_LEVL: did you mean AIPYTHON_LOG_LEVEL\?\n/);
});

Deno.test("aipython --env-file reads another file and reports a file that cannot be read", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${directory}/.env`, "RUNTIME_ID=1\n");
    await Deno.writeTextFile(`${directory}/work.env`, "RUNTIME_ID=2\n");
    const { stderr } = await runToEnd(["--env-file", "work.env"], { directory });
    assert.match(stderr, /wrong runtime id "2"/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
  const missing = await runToEnd([...required, "--env-file", "missing.env"]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /cannot read the env file "missing.env": there is no such file; give --env-file PATH/);
});

Deno.test("aipython exits with 5 when the sync server is down, and logs no secret at debug level", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const args = [...required, "--sync-url", `ws://127.0.0.1:${port}/livestore`, "--connect-timeout", "0.5"];
  for (const format of ["text", "json"]) {
    const result = await runToEnd([...args, "--log-level", "debug", "--log-format", format]);
    assert.equal(result.code, 5, result.stderr);
    assert.match(result.stderr, /authToken=\[hidden\] from --auth-token/);
    assert.doesNotMatch(result.stdout + result.stderr, /s3cret/);
  }
});

/** Collects the output of a process and can wait for a text in it. */
function follow(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let written = "";
  return {
    /** Resolves with the output so far when it contains `text`, or with all output at the end if no text is given. */
    async until(text?: string): Promise<string> {
      while (text === undefined || !written.includes(text)) {
        const { value, done } = await reader.read();
        if (done && text === undefined) return written;
        if (done) throw new Error(`ended without ${JSON.stringify(text)}:\n${written}`);
        written += decoder.decode(value, { stream: true });
      }
      return written;
    },
  };
}

for (const [signal, expected] of [["SIGHUP", 129], ["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`aipython shuts the agent down on ${signal} and exits with ${expected}`, async () => {
    await using child = startCommand(required, { script: idleAipython });
    const stderr = follow(child.stderr);
    await stderr.until("started");
    child.kill(signal);
    const { code } = await child.status;
    assert.match(await stderr.until(), new RegExp(`${signal}: shutting down.*\n.*stopping\n$`));
    assert.equal(code, expected);
    await child.stdout.cancel();
  });
}

Deno.test("aipython exits immediately on a second signal", async () => {
  await using child = startCommand(requiredFor("stubborn"), { script: idleAipython });
  const stderr = follow(child.stderr);
  await stderr.until("started");
  child.kill("SIGTERM");
  await stderr.until("stopping");
  child.kill("SIGINT");
  const { code } = await child.status;
  assert.match(await stderr.until(), /SIGINT again: ending at once\n$/);
  assert.equal(code, 130);
  await child.stdout.cancel();
});

Deno.test("aipython shuts down after an uncaught error and reports it without secrets", async () => {
  const result = await runToEnd([...requiredFor("broken"), "--model", "gpt-4o-mini"], { script: idleAipython });
  assert.equal(result.code, 1);
  assert.match(
    result.stderr,
    /started model=gpt-4o-mini token=\[hidden\]\n.* stopping\n.* error Error: broken, \[hidden\]\n +at /,
  );
  assert.doesNotMatch(result.stdout + result.stderr, /s3cret/);
});
