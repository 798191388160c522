import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../stack/main.ts", import.meta.url));

/** Starts the script of `deno task stack`. */
function startStack(...args: string[]): Deno.ChildProcess {
  const command = { args: ["run", "-A", "--quiet", script, ...args], env: { NO_COLOR: "1" } };
  return new Deno.Command(Deno.execPath(), { ...command, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
}

/** Reads the printed environment variables up to the last one. */
async function readEnvironment(stack: Deno.ChildProcess): Promise<Record<string, string>> {
  let printed = "";
  for await (const bytes of stack.stdout.values({ preventCancel: true })) {
    printed += new TextDecoder().decode(bytes);
    if (/AIPYTHON_MODEL=.*\n/.test(printed)) break;
  }
  return Object.fromEntries(Array.from(printed.matchAll(/^export (\w+)=(.*)$/gm), ([, name, value]) => [name, value]));
}

Deno.test("deno task stack prints a working environment for the chosen model and ends on SIGHUP", async () => {
  const stack = startStack("--strict", "llama", "--forgetful", "--context", "4096");
  try {
    const environment = await readEnvironment(stack);
    const { LIVESTORE_SYNC_URL, AUTH_TOKEN, OPENAI_BASE_URL, OPENAI_API_KEY, AIPYTHON_MODEL } = environment;
    const headers = { authorization: `Bearer ${OPENAI_API_KEY}`, "content-type": "application/json" };
    const me = await fetch(`${LIVESTORE_SYNC_URL.replace(/^ws/, "http").replace("/livestore", "")}/api/me`, {
      headers: { authorization: `Bearer ${AUTH_TOKEN}` },
    });
    assert.equal(me.status, 200);
    await me.body?.cancel();
    const models = await (await fetch(`${OPENAI_BASE_URL}/models`, { headers })).json();
    const [{ id, owned_by, meta }] = models.data;
    assert.deepEqual([id, owned_by, meta.n_ctx], [AIPYTHON_MODEL, "llamacpp", 4096]);
    for (const [code, output] of [["x = 1", "(no output)"], ["'x' in dir()", "False"]]) {
      const messages = [{ role: "user", content: `In [2]:\n${code}` }];
      const body = JSON.stringify({ model: "m", messages });
      const answer = await (await fetch(`${OPENAI_BASE_URL}/chat/completions`, { method: "POST", headers, body }))
        .text();
      assert.ok(answer.includes(output), answer);
    }
    assert.match(environment.NOTEBOOK_ID, /^\w{12}$/);

    for (const [flag, address] of [["--port", LIVESTORE_SYNC_URL], ["--model-port", OPENAI_BASE_URL]]) {
      const { code, stderr } = await startStack(flag, new URL(address).port).output();
      assert.equal(code, 1);
      assert.match(new TextDecoder().decode(stderr), /^stack: .*address already in use.*\n$/i);
    }
  } finally {
    stack.kill("SIGHUP");
  }
  const [{ code }] = await Promise.all([stack.status, stack.stdout.cancel(), stack.stderr.cancel()]);
  assert.equal(code, 0);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`deno task stack stops its servers and exits with 0 on ${signal}`, async () => {
    await using stack = startStack();
    const { LIVESTORE_SYNC_URL, OPENAI_BASE_URL } = await readEnvironment(stack);
    stack.kill(signal);
    const [{ code, signal: endedBy }] = await Promise.all([stack.status, stack.stdout.cancel(), stack.stderr.cancel()]);
    assert.deepEqual([code, endedBy], [0, null]);
    for (const url of [LIVESTORE_SYNC_URL, OPENAI_BASE_URL]) {
      const { hostname, port } = new URL(url);
      await assert.rejects(Deno.connect({ hostname, port: Number(port) }), Deno.errors.ConnectionRefused);
    }
  });
}

Deno.test("deno task stack rejects wrong flags and ports with exit code 2", async () => {
  for (
    const args of [["--bogus"], ["--port", "99999"], ["--model-port", "x"], ["--strict", "x"], ["--key", "short"], [
      "--context",
      "0",
    ], [
      "--context-server",
      "ollama",
    ], ["--context", "1", "--context-server", "x"]]
  ) {
    const { code, stderr } = await startStack(...args).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /^stack: .*\nSee deno task stack --help\.\n$/);
  }
});
