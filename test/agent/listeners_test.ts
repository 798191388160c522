/**
 * Listeners and loggers of a program that fail: the agent serves on as without them.
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

/** Ways to fail. */
const failures: Record<string, () => unknown> = {
  throws: () => {
    throw new Error("broken");
  },
  rejects: () => Promise.reject(new Error("broken")),
};

/** The options that are called: functions, and the logger. */
type Callback = {
  [Name in keyof AIPythonAgentOptions]-?: Required<AIPythonAgentOptions>[Name] extends Logger | ((event: never) => void)
    ? Name
    : never;
}[keyof AIPythonAgentOptions];

/** Every callback of the options, each of them failing. */
function failing(fail: () => unknown): Required<Pick<AIPythonAgentOptions, Callback>> {
  return {
    logger: { debug: fail, info: fail, warn: fail, error: fail } as Logger,
    onStatus: fail,
    onUsage: fail,
    onTrace: fail,
  };
}

Deno.test("an agent of which every listener fails, and its logger, too", async (t) => {
  await using server = await startSyncServer();

  for (const [how, fail] of Object.entries(failures)) {
    await t.step(`by what it ${how}, shows all outputs, and lives through a lost connection`, async () => {
      let calls = 0;
      const counted = () => (calls++, fail());
      await using proxy = startTcpProxy(server.port);
      const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
      const script = inTurn(answer(stdout("one\n"), result("1")), answer(text("Because.")), answer(stdout("two\n")));
      await using at = await attach(server, script, { ...failing(counted), syncUrl });
      assert.ok(calls > 0, "it has logged");
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

    await t.step(`by what it ${how}, is displaced, and shuts down as another one does`, async () => {
      await using at = await attach(server, [], failing(fail));
      const newer = at.another();
      await newer.start();
      await assert.rejects(at.agent.keepAlive(), { name: "DisplacedError" });
      await newer.shutdown();
      await newer.keepAlive();
    });

    await t.step(`by what it ${how}, logs each listener once`, async () => {
      const lines: string[] = [];
      const logger = { ...silentLogger, error: (message: string) => void lines.push(message) };
      await using at = await attach(server, answer(result("1")), { ...failing(fail), logger });
      for (const source of ["1", "2"]) await at.person.requestIs(at.person.run(at.person.addCell(source)), "completed");
      assert.deepEqual(lines.toSorted(), ["onStatus failed", "onTrace failed", "onUsage failed"]);
    });
  }
});
