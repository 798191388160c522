/**
 * Runs the worker that `deno task deploy` would upload. It comes from a dry run and has the bindings of its
 * configuration.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { AIPythonAgent, RefusedError } from "../../mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { askForSocket, openSocket, socketUrl } from "../stack/sync_server/sync_socket.ts";
import { attach } from "../support/attached.ts";
import { answer, display, result, stdout } from "../support/scripted_answer.ts";
import { runDeployScript } from "./deploy_task.ts";

const users = {
  "agent-token": { id: "agent", email: "agent@example.test", name: "Agent" },
  "other-token": { id: "other", email: "other@example.test", name: "Other" },
};

/** An SVG that is large enough for an artifact. */
const figure = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">${
  '<rect x="1" y="2" width="30" height="40" fill="red"/>'.repeat(6_000)
}</svg>`;

Deno.test("the worker that would be deployed serves notebooks", async (t) => {
  const outdir = await Deno.makeTempDir();
  try {
    await t.step("the dry run builds the worker with every binding that it needs", async () => {
      const { code, stdout, stderr } = await runDeployScript("main.ts", "--dry-run", "--outdir", outdir);
      assert.equal(code, 0, stderr);
      for (const binding of ["WEBSOCKET_SERVER (WebSocketServer)", "DB (", "TOKENS (", "ARTIFACTS ("]) {
        assert.ok(stdout.includes(`env.${binding}`), stdout);
      }
      assert.match(stdout, /--dry-run: exiting now/);
    });

    await using server = await startSyncServer({ bundle: join(outdir, "worker.js"), users });
    const { apiUrl, syncUrl } = server;

    await t.step("an agent attaches, runs a cell, and stores a figure as an artifact", async () => {
      const script = answer(stdout("hello\n"), display({ "image/svg+xml": figure }), result("6"));
      await using at = await attach(server, script);
      const cell = at.person.addCell("print('hello'); plt.show(); 1 + 2 + 3");
      await at.person.requestIs(at.person.run(cell), "completed");
      assert.equal(at.person.text(cell), "hello\n");
      const [, shown, value] = at.person.outputs(cell);
      assert.deepEqual(value.representations, { "text/plain": { type: "inline", data: "6" } });
      const { type, artifactId } = (shown.representations as Record<string, { type: string; artifactId: string }>)[
        "image/svg+xml"
      ];
      assert.equal(type, "artifact");
      const read = await fetch(`${apiUrl}/api/artifacts/${artifactId}`);
      assert.equal(read.headers.get("content-type"), "image/svg+xml");
      assert.match(read.headers.get("content-security-policy") ?? "", /^sandbox;/);
      assert.match(await read.text(), /^<svg/);
    });

    await t.step("a newer agent displaces an older one", async () => {
      await using at = await attach(server, answer(result("1")));
      const displaced = assert.rejects(at.agent.keepAlive(), { name: "DisplacedError" });
      await at.another().start();
      await displaced;
    });

    await t.step("an unknown or another user's token is refused before the upgrade", async () => {
      const refused = new AIPythonAgent({ notebookId: "n", authToken: "wrong-token", apiKey: "k", syncUrl });
      await assert.rejects(refused.start(), RefusedError);
      const stolen = { authToken: "other-token", runtime: true, runtimeId: "r", sessionId: "s", userId: "agent" };
      const url = socketUrl(syncUrl, "n", stolen);
      await assert.rejects(openSocket(url), /refused/);
      const said = await askForSocket(url);
      assert.equal(said.status, 400);
      assert.match(await said.text(), /Runtime userId mismatch: payload has agent, the token belongs to other/);
      for (const path of ["/api/me", "/api/artifacts"]) {
        const method = path === "/api/me" ? "GET" : "POST";
        const answered = await fetch(`${apiUrl}${path}`, { method, headers: { authorization: "Bearer wrong-token" } });
        assert.deepEqual([answered.status, await answered.json()], [401, { error: "Unauthorized" }]);
      }
    });
  } finally {
    await Deno.remove(outdir, { recursive: true });
  }
});

Deno.test("deno task deploy prints its usage and rejects unknown flags", async () => {
  const help = await runDeployScript("main.ts", "--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /^Usage: deno task deploy \[--dry-run\]/);
  const { code, stderr } = await runDeployScript("main.ts", "--dryrun");
  assert.equal(code, 2);
  assert.match(stderr, /^deploy: Unknown option '--dryrun'.*\nSee deno task deploy --help\.\n$/);
});
