/**
 * Checks that OpenTelemetry is not loaded when it is off, and that all requests go through one function.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelEnvironment } from "../cli/run/run_process.ts";
import { runToEnd } from "../cli/command_process.ts";
import { startOtlpReceiver } from "../support/otlp_receiver.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const script = new URL("./loaded_aipython.ts", import.meta.url);

Deno.test("OpenTelemetry is loaded only when it is on", async () => {
  await using model = await startScriptedModel(answer(stdout("a\n")));
  await using receiver = startOtlpReceiver();
  const run = (environment: Record<string, string>) =>
    runToEnd(["run", "-"], { script, input: "work()", environment: { ...modelEnvironment(model), ...environment } });
  const off = await run({});
  assert.deepEqual([off.code, off.stdout], [0, "a\nnot loaded\n"], off.stderr);
  const on = await run(receiver.environment);
  assert.deepEqual([on.code, on.stdout], [0, "a\nloaded\n"], on.stderr);
});

Deno.test("all requests of the source go through privateFetch()", async () => {
  const callers: string[] = [];
  for (const file of await readdir(source, { recursive: true })) {
    if (!file.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(join(source, file));
    // Comments may mention fetch, and private methods may have this name.
    if (/(?<![#.\w`])fetch\(/.test(text)) callers.push(file);
  }
  assert.deepEqual(callers, ["telemetry/private_fetch.ts"]);
});
