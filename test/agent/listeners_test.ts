/**
 * Tests of listeners and loggers that fail: the agent works as it does without them.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions, Logger } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, result, stdout, text } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

/** The ways in which a listener can fail. */
const failures: Record<string, () => unknown> = {
  throw: () => {
    throw new Error("broken");
  },
  reject: () => Promise.reject(new Error("broken")),
};

/** The names of the options that hold callbacks: listeners and the logger. */
type Callback = {
  [Name in keyof AIPythonAgentOptions]-?: Required<AIPythonAgentOptions>[Name] extends Logger | ((event: never) => void)
    ? Name
    : never;
}[keyof AIPythonAgentOptions];

/** Returns all callbacks of the options, each of which fails. */
function failing(fail: () => unknown): Required<Pick<AIPythonAgentOptions, Callback>> {
  return {
    logger: { debug: fail, info: fail, warn: fail, error: fail } as Logger,
    onStatus: fail,
    onUsage: fail,
    onTrace: fail,
  };
}

Deno.test("an agent works although all its listeners and its logger fail", async (t) => {
  await using server = await startSyncServer();

  for (const [how, fail] of Object.entries(failures)) {
    await t.step(`an agent whose listeners ${how} shows all outputs and survives a lost connection`, async () => {
      let calls = 0;
      const counted = () => (calls++, fail());
      await using proxy = startTcpProxy(server.port);
      const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
      const script = inTurn(answer(stdout("one\n"), result("1")), answer(text("Because.")), answer(stdout("two\n")));
      await using at = await attach(server, script, { ...failing(counted), syncUrl });
      assert.ok(calls > 0, "the logger was called");
      const [code, question, later] = [
        at.person.addCell("1"),
        at.person.addCell("Why?", "ai"),
        at.person.addCell("2"),
      ];
      const requests = [code, question].map((cell) => at.person.run(cell));
      await at.person.requestIs(requests[1], "completed");
      assert.equal(at.person.text(code), "one\n");
      assert.equal(at.person.outputs(code).length, 2);
      assert.equal(at.person.outputs(question).length, 1);
      proxy.cut();
      await at.person.requestIs(at.person.run(later), "completed");
      assert.equal(at.person.text(later), "two\n");
      assert.equal(at.agent.usage.cells, 3);
    });

    await t.step(`an agent whose listeners ${how} can be displaced and shut down`, async () => {
      await using at = await attach(server, [], failing(fail));
      const newer = at.another();
      await newer.start();
      await assert.rejects(at.agent.keepAlive(), { name: "DisplacedError" });
      await newer.shutdown();
      await newer.keepAlive();
    });

    await t.step(`an agent whose listeners ${how} logs the failure of each listener once`, async () => {
      const lines: string[] = [];
      const logger = { ...silentLogger, error: (message: string) => void lines.push(message) };
      await using at = await attach(server, answer(result("1")), { ...failing(fail), logger });
      for (const source of ["1", "2"]) await at.person.requestIs(at.person.run(at.person.addCell(source)), "completed");
      assert.deepEqual(lines.toSorted(), ["onStatus failed", "onTrace failed", "onUsage failed"]);
    });
  }
});
