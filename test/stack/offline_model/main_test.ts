import assert from "node:assert/strict";
import { ended } from "./ended.ts";
import { headersOf, tools } from "./support.ts";

const MAIN = new URL("../../../stack/offline_model/main.ts", import.meta.url).pathname;

/** The command, and what it has printed. */
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
      // It has ended.
    }
    await process.status;
    await reader.cancel();
  };
  return { process, url: match[1], apiKey: match[2], [Symbol.asyncDispose]: dispose };
}

/** The processes that a process has started. */
async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "pid=", "--ppid", String(parent)] }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Sends a cell and resolves when its first output has arrived; the cell goes on. */
async function begin(command: StartedCommand, code: string): Promise<ReadableStreamDefaultReader<string>> {
  const messages = [{ role: "user", content: `In [1]:\n${code}` }];
  const body = JSON.stringify({ model: "m", stream: true, messages, tools });
  const response = await fetch(`${command.url}/chat/completions`, {
    method: "POST",
    headers: headersOf(command),
    body,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (!(await reader.read()).value!.includes("tool_calls"));
  return reader;
}

for (const [what, code] of [["busy", "print(1)\nwhile True: pass"], ["idle", "print(1)"]]) {
  Deno.test(`a Python that is ${what} ends when the offline model is killed with SIGKILL`, async () => {
    await using command = await start();
    const reader = await begin(command, code);
    if (what === "idle") { while (!(await reader.read()).done); }
    const children = await childrenOf(command.process.pid);
    assert.ok(children.length > 0, "the command has a child");
    command.process.kill("SIGKILL");
    await Promise.all(children.map(ended));
    await reader.cancel().catch(() => {});
  });
}

Deno.test("the command ends on SIGTERM, and its Python with it", async () => {
  await using command = await start();
  const reader = await begin(command, "print(1)\nwhile True: pass");
  const children = await childrenOf(command.process.pid);
  command.process.kill("SIGTERM");
  assert.equal((await command.process.status).code, 0);
  await Promise.all(children.map(ended));
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
