import assert from "node:assert/strict";
import { tools } from "./support.ts";

const MAIN = new URL("../../../stack/offline_model/main.ts", import.meta.url).pathname;

/** Starts the command and waits for the two lines that it prints. */
async function start(): Promise<{ process: Deno.ChildProcess; url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", MAIN, "--port", "0"],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let text = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes("offline\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the command ended after it printed ${JSON.stringify(text)}`);
    text += value;
  }
  const match = /^OPENAI_BASE_URL=(http:\/\/127\.0\.0\.1:\d+\/v1)\nOPENAI_API_KEY=offline\n$/.exec(text);
  assert.ok(match, text);
  const dispose = async () => {
    try {
      process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await process.status;
    await reader.cancel();
  };
  return { process, url: match[1], [Symbol.asyncDispose]: dispose };
}

/** The processes that a process has started. */
async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "pid=", "--ppid", String(parent)] }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Resolves when a process of somebody else's has ended; rejects when that takes more than ten seconds. */
async function ended(pid: number): Promise<void> {
  const args = ["10", "tail", "-s", "0.05", "-f", "/dev/null", "--pid", String(pid)];
  const { code } = await new Deno.Command("timeout", { args }).output();
  assert.equal(code, 0, `process ${pid} still runs`);
}

/** Sends a cell and resolves when its first output has arrived; the cell goes on. */
async function begin(url: string, code: string): Promise<ReadableStreamDefaultReader<string>> {
  const messages = [{ role: "user", content: `In [1]:\n${code}` }];
  const body = JSON.stringify({ model: "m", stream: true, messages, tools });
  const response = await fetch(`${url}/chat/completions`, { method: "POST", body });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (!(await reader.read()).value!.includes("tool_calls"));
  return reader;
}

for (const [what, code] of [["busy", "print(1)\nwhile True: pass"], ["idle", "print(1)"]]) {
  Deno.test(`a Python that is ${what} ends when the offline model is killed with SIGKILL`, async () => {
    await using command = await start();
    const reader = await begin(command.url, code);
    if (what === "idle") { while (!(await reader.read()).done); }
    const [python] = await childrenOf(command.process.pid);
    assert.ok(python > 0, "the command has a child");
    command.process.kill("SIGKILL");
    await ended(python);
    await reader.cancel().catch(() => {});
  });
}

Deno.test("the command ends on SIGTERM, and its Python with it", async () => {
  await using command = await start();
  const reader = await begin(command.url, "print(1)\nwhile True: pass");
  const [python] = await childrenOf(command.process.pid);
  command.process.kill("SIGTERM");
  assert.equal((await command.process.status).code, 0);
  await ended(python);
  await reader.cancel().catch(() => {});
});

Deno.test("the command refuses a port that is none", async () => {
  const args = ["run", "-A", "--quiet", MAIN, "--port", "99999"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /--port wants a port from 0 to 65535, not "99999"/);
});

Deno.test("the command refuses a family that it does not know", async () => {
  const args = ["run", "-A", "--quiet", MAIN, "--strict", "claude"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /--strict wants one of openai, mistral, llama, gemma, not "claude"/);
});
