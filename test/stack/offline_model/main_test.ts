import assert from "node:assert/strict";
import { ended } from "./ended.ts";
import { headersOf, tools } from "./support.ts";

const MAIN = new URL("../../../stack/offline_model/main.ts", import.meta.url).pathname;

/** A started command, with the address and the key that it printed. */
interface StartedCommand extends AsyncDisposable {
  process: Deno.ChildProcess;
  url: string;
  apiKey: string;
}

/** Starts the command and waits for the two lines that it prints. */
async function start(...flags: string[]): Promise<StartedCommand> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", MAIN, "--port", "0", ...flags],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let text = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!/OPENAI_API_KEY=.*\n/.test(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the command ended after it printed ${JSON.stringify(text)}`);
    text += value;
  }
  const match = /^OPENAI_BASE_URL=(http:\/\/127\.0\.0\.1:\d+\/v1)\nOPENAI_API_KEY=(\S+)\n$/.exec(text);
  assert.ok(match, text);
  const dispose = async () => {
    try {
      process.kill("SIGKILL");
    } catch {
      // It has already ended.
    }
    await process.status;
    await reader.cancel();
  };
  return { process, url: match[1], apiKey: match[2], [Symbol.asyncDispose]: dispose };
}

/** Returns the processes that a process has started. */
async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "pid=", "--ppid", String(parent)] }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Sends a cell and resolves when its first output has arrived. The cell continues. */
async function begin(
  command: StartedCommand,
  code: string,
  key?: string,
): Promise<ReadableStreamDefaultReader<string>> {
  const messages = [{ role: "user", content: `In [1]:\n${code}` }];
  const body = JSON.stringify({ model: "m", stream: true, prompt_cache_key: key, messages, tools });
  const response = await fetch(`${command.url}/chat/completions`, {
    method: "POST",
    headers: headersOf(command),
    body,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (!(await reader.read()).value!.includes("tool_calls"));
  return reader;
}

Deno.test("busy and idle Python processes end when the offline model is killed with SIGKILL", async () => {
  await using command = await start();
  const busy = await begin(command, "print(1)\nwhile True: pass", "busy");
  const idle = await begin(command, "print(1)", "idle");
  while (!(await idle.read()).done);
  const children = await childrenOf(command.process.pid);
  assert.ok(children.length >= 2, "each notebook has a child");
  command.process.kill("SIGKILL");
  await Promise.all(children.map(ended));
  await busy.cancel().catch(() => {});
});

Deno.test("a booting Python process ends when the offline model is killed with SIGKILL", async () => {
  await using command = await start();
  let children: number[] = [];
  while (children.length === 0) children = await childrenOf(command.process.pid);
  command.process.kill("SIGKILL");
  await Promise.all(children.map(ended));
});

Deno.test("the command takes its API key from --key", async () => {
  await using command = await start("--key", "sk-0123456789abcdef");
  assert.equal(command.apiKey, "sk-0123456789abcdef");
  const response = await fetch(`${command.url}/models`, { headers: headersOf(command) });
  assert.equal(response.status, 200);
  await response.body?.cancel();
});

Deno.test("the command and its Python process end on SIGTERM", async () => {
  await using command = await start();
  const reader = await begin(command, "print(1)\nwhile True: pass");
  const children = await childrenOf(command.process.pid);
  command.process.kill("SIGTERM");
  assert.equal((await command.process.status).code, 0);
  await Promise.all(children.map(ended));
  await reader.cancel().catch(() => {});
});

Deno.test("the command rejects an invalid port", async () => {
  const args = ["run", "-A", "--quiet", MAIN, "--port", "99999"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /--port must be a port from 0 to 65535, not "99999"/);
});

Deno.test("the command rejects an unknown family", async () => {
  const args = ["run", "-A", "--quiet", MAIN, "--strict", "claude"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /--strict must be one of openai, mistral, llama, gemma, not "claude"/);
});
