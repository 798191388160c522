/**
 * A real llama.cpp server with an untrained model.
 *
 * @module
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeTinyGguf } from "./tiny_gguf.ts";

/** The server's program: `LLAMA_SERVER`, or the one in the path. */
const PROGRAM = Deno.env.get("LLAMA_SERVER") ?? "llama-server";

const isThere = spawnSync(PROGRAM, ["--version"]).status === 0;

/** The line that the server writes when it is ready for requests. */
const LISTENING = /listening on (http:\/\/[\d.]+:\d+)/;

/** The maximum number of tokens in an answer. The model would never stop. */
const MAX_TOKENS = 8;

/**
 * Declares a test that needs a llama.cpp server. It is ignored if there is none, and its name then gives the reason.
 */
export function llamaTest(name: string, fn: () => Promise<void>): void {
  const note = isThere ? "" : " (ignored: no llama.cpp found; apt-get install llama.cpp, or set LLAMA_SERVER)";
  Deno.test({ name: `${name}${note}`, ignore: !isThere, fn });
}

/** Starts a server with a chat template. Stop it with `await using`. */
export async function startLlamaServer(template: string): Promise<AsyncDisposable & { baseUrl: string }> {
  const folder = await Deno.makeTempDir();
  const [model, file] = [join(folder, "tiny.gguf"), join(folder, "template.jinja")];
  await Promise.all([Deno.writeFile(model, makeTinyGguf()), Deno.writeTextFile(file, template)]);
  const server = spawn(PROGRAM, [
    ...["--model", model, "--jinja", "--chat-template-file", file, "--host", "127.0.0.1", "--port", "0"],
    ...["--ctx-size", "32768", "--parallel", "1", "--threads", "1", "--predict", String(MAX_TOKENS)],
  ], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(server, "exit");
  const lines = createInterface(server.stderr);
  const address = Promise.withResolvers<string>();
  const said: string[] = [];
  lines.on("line", (line) => {
    said.push(line);
    const found = LISTENING.exec(line);
    if (found !== null) address.resolve(found[1]);
  });
  exited.then(() => address.reject(new Error(`The server did not start: ${said.join("\n")}`)));
  return {
    baseUrl: `${await address.promise}/v1`,
    async [Symbol.asyncDispose]() {
      // The server has nothing to save, and sometimes it ignores SIGTERM.
      server.kill("SIGKILL");
      await exited;
      lines.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
