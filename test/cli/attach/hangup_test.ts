/**
 * SIGHUP: a closed terminal, and the effect of `nohup`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { openClient } from "../../support/notebook_client.ts";
import { openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, gate, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { startWatched } from "../../support/watched_process.ts";
import { commandLine, denoEnvironment, idleAipython } from "../command_process.ts";

/** Opens a notebook with a person in it, a model, and a terminal with the command. `wrapper` is put before the command. */
async function openTerminal(...wrapper: string[]) {
  const disposables = new AsyncDisposableStack();
  const { syncUrl, authToken } = disposables.use(await startSyncServer());
  const notebookId = newNotebookId();
  const model = disposables.use(await startScriptedModel(() => answer(stdout("so far\n"), gate("end"))));
  const person = disposables.use(await openClient({ syncUrl, authToken, notebookId }));
  const folder = await Deno.makeTempDir();
  disposables.defer(() => Deno.remove(folder, { recursive: true }));
  const env = { ...denoEnvironment(), ...agentEnvironment({ syncUrl, authToken, notebookId }, model) };
  const terminal = disposables.use(openPseudoTerminal([...wrapper, ...commandLine([])], { env, cwd: folder }));
  return { person, model, terminal, [Symbol.asyncDispose]: () => disposables.disposeAsync() };
}

Deno.test("aipython cancels its cell, ends its session and exits with 129 when its terminal is closed", async () => {
  await using place = await openTerminal();
  const { person, terminal } = place;
  await terminal.until("attached");
  const cell = person.addCell("print('so far')\nforever()");
  const request = person.run(cell);
  await person.textHas(cell, "so far");
  await terminal.close();
  assert.equal(await terminal.exitCode(), 129);
  await person.requestIs(request, "cancelled");
  await person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
});

Deno.test("aipython ignores SIGHUP under nohup", async () => {
  await using place = await openTerminal("sh", "-c", 'echo "pid $$"; exec nohup "$@"', "sh");
  const { person, model, terminal } = place;
  const pid = Number(/pid (\d+)/.exec(await terminal.until(/pid \d+\r/))![1]);
  try {
    await person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 1);
    const cell = person.addCell("print('so far')\nend()");
    const request = person.run(cell);
    await person.textHas(cell, "so far");
    Deno.kill(pid, "SIGHUP");
    model.open("end");
    await person.requestIs(request, "completed");
    const next = person.addCell("next()");
    await person.requestIs(person.run(next), "completed");
  } finally {
    Deno.kill(pid, "SIGTERM");
  }
  assert.equal(await terminal.exitCode(), 143);
});

Deno.test("aipython detects an ignored SIGHUP when it has all permissions", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const args = ["--notebook", "n", "--auth-token", "token", "--api-key", "key"];
  const line = [
    Deno.execPath(),
    "run",
    "--allow-all",
    "--quiet",
    "--node-modules-dir=manual",
    fileURLToPath(idleAipython),
    ...args,
  ];
  const words = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", ...line];
  await using command = startWatched(words, { env: denoEnvironment() });
  const { child, written } = command;
  await written.until("started");
  child.kill("SIGHUP");
  child.kill("SIGTERM");
  assert.equal((await child.status).code, 143);
  await written.ended;
  assert.doesNotMatch(written.text, /SIGHUP/);
});
