/**
 * The command: what it prints, its exit codes, and what it leaves behind.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { descendants, isRunning, startStackCommand } from "../../../test/stack/stack_command.ts";

const startNotebook = (environment: Record<string, string>, ...flags: string[]) =>
  startStackCommand("web/server/main.ts", environment, ...flags);

/** Both ways to the command. The demo's is a process in between. */
const ways = { "the command": ["web/server/main.ts"], "deno task demo --serve": ["stack/demo/main.ts", "--serve"] };

for (const [name, [script, ...serve]] of Object.entries(ways)) {
  Deno.test({
    name: `${name} prints an address that answers, ends well on Ctrl-C, and leaves no process behind`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using model = await startScriptedModel(answer(result("42")));
      const dataDir = await Deno.makeTempDir({ prefix: "notebook-command-" });
      const environment = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: model.baseUrl, AIPYTHON_MODEL: "scripted" };
      const command = startStackCommand(script, environment, ...serve, "--port", "0", "--data-dir", dataDir);
      const complaints = new Response(command.stderr).text();
      let screen = "";
      let others: number[] = [];
      for await (const text of command.stdout.pipeThrough(new TextDecoderStream())) {
        screen += text;
        if (others.length > 0 || !screen.includes("Ctrl-C stops it.")) continue;
        const [, url] = /Notebooks +(http:\/\/localhost:\d+)\n/.exec(screen)!;
        const page = await fetch(url);
        assert.match(await page.text(), /<title>AIPython<\/title>/);
        others = await descendants(command.pid);
        command.kill("SIGINT");
      }
      const { code } = await command.status;
      await Deno.remove(dataDir, { recursive: true });
      assert.equal(await complaints, "");
      assert.equal(code, 0);
      assert.match(screen, /Model +scripted\n/);
      assert.ok(screen.includes(dataDir));
      assert.ok(others.length >= 2, "the notebook server was running");
      for (const pid of others) assert.equal(await isRunning(pid), false, `process ${pid} is still there`);
    },
  });
}

Deno.test("the command says what it does not know", async () => {
  for (
    const [flag, message] of [["--ofline", /Unknown option '--ofline'/], ["--port=x", /wants a port from 0 to 65535/]]
  ) {
    const { code, stderr } = await startNotebook({}, flag as string).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), message as RegExp);
  }
});

Deno.test("a port that was asked for and is taken ends the command with a message", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const dataDir = await Deno.makeTempDir({ prefix: "notebook-command-" });
  try {
    const { code, stderr } = await startNotebook(
      { OPENAI_API_KEY: "key", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" },
      "--port",
      String(taken.addr.port),
      "--data-dir",
      dataDir,
    ).output();
    assert.equal(code, 1);
    assert.match(new TextDecoder().decode(stderr), /^notebook: .*port \d+ .*taken/);
  } finally {
    taken.close();
    await Deno.remove(dataDir, { recursive: true });
  }
});
