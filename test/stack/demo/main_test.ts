/**
 * The demo command: its exit codes, its colours, and the processes that it starts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, gate, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { descendants, isRunning, startStackCommand } from "../stack_command.ts";

const startDemo = (environment: Record<string, string>, ...flags: string[]) =>
  startStackCommand("stack/demo/main.ts", environment, ...flags);

Deno.test({
  name: "the demo ends with exit code 130 and leaves no process behind when Ctrl-C interrupts a cell",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using model = await startScriptedModel(answer(stdout("begun\n"), gate("never"), stdout("x")));
    const demo = startDemo({ OPENAI_API_KEY: "key", OPENAI_BASE_URL: model.baseUrl });
    const complaints = new Response(demo.stderr).text();
    let screen = "";
    let others: number[] = [];
    for await (const text of demo.stdout.pipeThrough(new TextDecoderStream())) {
      screen += text;
      if (others.length > 0 || !screen.includes("begun\n")) continue;
      others = await descendants(demo.pid);
      demo.kill("SIGINT");
    }
    const { code } = await demo.status;
    assert.equal(code, 130, await complaints);
    assert.match(await complaints, /^demo: stopped by SIGINT\n$/);
    assert.ok(others.length >= 2, "the notebook server was running");
    for (const pid of others) assert.equal(await isRunning(pid), false, `process ${pid} is still there`);
    await model.disconnected(0);
  },
});

Deno.test("the demo with --offline plays the tour as recorded, even if an API key is set", async () => {
  const { code, stdout, stderr } = await startDemo({ OPENAI_API_KEY: "unused" }, "--offline").output();
  const screen = new TextDecoder().decode(stdout);
  assert.equal(code, 0, screen + new TextDecoder().decode(stderr));
  assert.match(screen, /Model: the offline stand-in/);
  assert.match(screen, /16 cells ran, 1 of them with the error/);
  assert.match(screen, /All as recorded in the notebook file \(compared: outputs and errors\)/);
  assert.match(screen, /\n\[picture: SVG, 340 x 124 pixels, \d+ bytes\]\nA bar chart, drawn in SVG\.\n/);
  assert.ok(!screen.includes("\x1b"));
});

Deno.test("the demo reports an unknown option", async () => {
  const { code, stderr } = await startDemo({}, "--ofline").output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /^demo: Unknown option '--ofline'[^]*See deno task demo --help\.\n$/);
});

Deno.test("the demo with --serve passes its options on to deno task notebook", async () => {
  const help = await startDemo({}, "--serve", "--help").output();
  assert.match(new TextDecoder().decode(help.stdout), /^Usage: deno task notebook /);
  const { code, stderr } = await startDemo({}, "--port=x", "--serve").output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /^notebook: --port must be a port from 0 to 65535/);
});
