/**
 * The health of an attached command's notebooks, over HTTP and in `aipython health`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../../mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { refuseSocket } from "../../support/refusing_server.ts";
import { type ScriptedModelServer, startScriptedModel } from "../../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../../support/sync_relay.ts";
import { runToEnd } from "../command_process.ts";
import { RunningCommand } from "../running_command.ts";

const secrets = { token: "local-token", key: "sk-very-secret-key" };

/** A command that answers health checks on a free port. */
class HealthyCommand extends RunningCommand {
  constructor(notebookIds: string[], syncUrl: string, model: ScriptedModelServer, args: string[] = []) {
    const notebook = { syncUrl, authToken: secrets.token, notebookId: notebookIds.join(",") };
    const environment = agentEnvironment(notebook, { baseUrl: model.baseUrl, apiKey: secrets.key });
    super({ environment }, ["--health-port", "0", ...args]);
  }

  /** Resolves with the port when the command answers health checks. */
  async port(): Promise<string> {
    const answering = /answering health checks url=\S+:(\d+)\/healthz\n/;
    await this.wrote(answering);
    return answering.exec(this.text)![1];
  }

  /** Requests the health over HTTP. The times (`since`) are checked and left out. */
  async ask() {
    const response = await fetch(`http://127.0.0.1:${await this.port()}/healthz`);
    const text = await response.text();
    for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret), text);
    const { status, notebooks } = JSON.parse(text);
    for (const { since } of notebooks) assert.equal(new Date(since).toISOString(), since);
    // deno-lint-ignore no-explicit-any -- read from JSON
    return { http: response.status, status, notebooks: notebooks.map((each: any) => [each.notebook, each.status]) };
  }

  /** Runs `aipython health` for this command. */
  async health(...args: string[]) {
    const environment = { AIPYTHON_HEALTH_PORT: await this.port() };
    const { code, stdout, stderr } = await runToEnd(["health", ...args], { environment });
    assert.equal(stderr, "");
    return { code, stdout };
  }
}

Deno.test("an attached command answers health checks", async (t) => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  const { syncUrl, authToken, port } = server;
  await using model = await startScriptedModel([]);
  try {
    await t.step("the status is starting while the sync server does not answer", async () => {
      const asked = Promise.withResolvers<void>();
      const onRequest = () => (asked.resolve(), new Promise<void>(() => {}));
      await using relay = startSyncRelay(syncUrl, { onRequest });
      const id = newNotebookId();
      await using command = new HealthyCommand([id], relay.syncUrl, model);
      await asked.promise;
      assert.deepEqual(await command.ask(), { http: 503, status: "starting", notebooks: [[id, "starting"]] });
      command.kill("SIGTERM");
      assert.equal((await command.end()).code, 143);
    });

    await t.step("the status is catching up until the session's announcement arrives", async () => {
      const announcement = holdFrames("v1.RuntimeSessionStarted");
      await using relay = startSyncRelay(syncUrl, { fromClient: announcement.hook });
      await using command = new HealthyCommand([newNotebookId()], relay.syncUrl, model);
      await announcement.reached;
      assert.equal((await command.ask()).status, "catching up");
      const { code, stdout } = await command.health();
      assert.equal(code, 1);
      assert.match(stdout, /: catching up since /);
      announcement.release();
      await command.attached;
      assert.match((await command.health()).stdout, /: attached since /);
    });

    await t.step("the status is reconnecting while the sync server is down and attached again afterwards", async () => {
      const id = newNotebookId();
      await using command = new HealthyCommand([id], syncUrl, model);
      await command.attached;
      assert.deepEqual(await command.ask(), { http: 200, status: "attached", notebooks: [[id, "attached"]] });
      const { code, stdout } = await command.health();
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^${id}: attached since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\n$`));
      await server.kill();
      await command.wrote("no connection to the sync server; reconnecting");
      assert.deepEqual(await command.ask(), { http: 503, status: "reconnecting", notebooks: [[id, "reconnecting"]] });
      const lost = await command.health("--json");
      assert.deepEqual([lost.code, JSON.parse(lost.stdout).status], [1, "reconnecting"]);
      assert.equal((await fetch(`http://127.0.0.1:${await command.port()}/livez`)).status, 200);
      server = await startSyncServer({ dataDir, port });
      await command.wrote("connected to the sync server again");
      assert.equal((await command.health()).code, 0);
      command.kill("SIGTERM");
      const { written } = await command.end();
      assert.ok(!Object.values(secrets).some((secret) => written.includes(secret)));
    });

    await t.step("each of several notebooks has its own status: refused, displaced or attached", async () => {
      const [refused, taken, kept] = [newNotebookId(), newNotebookId(), newNotebookId()];
      const onSocket = (url: URL) =>
        url.href.includes(refused) ? refuseSocket("User must be authenticated") : undefined;
      await using relay = startSyncRelay(syncUrl, { onSocket });
      await using command = new HealthyCommand([refused, taken, kept], relay.syncUrl, model);
      for (const id of [taken, kept]) await command.wrote(`attached notebook=${id}`);
      await command.wrote(new RegExp(`does not accept the token .*notebook=${refused}\n`));
      const common = { syncUrl, authToken, apiKey: "test-key", baseUrl: model.baseUrl };
      const newer = new AIPythonAgent({ ...common, notebookId: taken });
      await newer.start();
      await command.wrote(`another runtime has taken notebook ${taken} over`);
      assert.deepEqual(await command.ask(), {
        http: 503,
        status: "refused",
        notebooks: [[refused, "refused"], [taken, "displaced"], [kept, "attached"]],
      });
      const { code, stdout } = await command.health();
      assert.equal(code, 1);
      const lines = stdout.trimEnd().split("\n");
      assert.match(lines[0], /: refused since \S+: the sync server at \S+ does not accept the token \(User must be/);
      assert.match(lines[1], /: displaced since \S+: another runtime has taken notebook/);
      assert.match(lines[2], /: attached since \S+$/);
      await newer.shutdown();
      command.kill("SIGTERM");
      assert.equal((await command.end()).code, 143);
    });

    await t.step("the health endpoint answers only GET and HEAD, at /healthz and /livez", async () => {
      await using command = new HealthyCommand([newNotebookId()], syncUrl, model);
      await command.attached;
      const url = `http://127.0.0.1:${await command.port()}`;
      const asked = async (path: string, method: string) => {
        const response = await fetch(`${url}${path}`, { method });
        return [response.status, (await response.text()).length > 0];
      };
      assert.deepEqual(await asked("/healthz", "HEAD"), [200, false]);
      assert.deepEqual(await asked("/healthz", "POST"), [405, true]);
      assert.deepEqual(await asked("/livez", "GET"), [200, true]);
      assert.deepEqual(await asked("/", "GET"), [404, true]);
    });

    await t.step("the command exits while a client holds an open connection with half a request", async () => {
      await using command = new HealthyCommand([newNotebookId()], syncUrl, model);
      await command.attached;
      using idle = await Deno.connect({ hostname: "127.0.0.1", port: Number(await command.port()) });
      await idle.write(new TextEncoder().encode("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"));
      assert.notEqual(await idle.read(new Uint8Array(1_000)), null);
      await idle.write(new TextEncoder().encode("GET /livez HTTP/1.1\r\nHost:"));
      command.kill("SIGTERM");
      assert.equal((await command.end()).code, 143);
    });

    await t.step("the command exits with 2 when the health port is in use", async () => {
      await using taken = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        () => new Response("page"),
      );
      const place = String(taken.addr.port);
      await using command = new HealthyCommand([newNotebookId()], syncUrl, model, ["--health-port", place]);
      const { code, written } = await command.end();
      assert.equal(code, 2);
      assert.match(written, /cannot answer health checks at 127\.0\.0\.1:\d+: the address is in use; give another one/);
      const health = await runToEnd(["health", "--health-port", place]);
      assert.deepEqual([health.code, health.stdout], [1, ""]);
      assert.match(health.stderr, /^aipython: the server at \S+ is not an agent of aipython: check --health-port/);
    });

    await t.step("aipython health reports a command that has ended as unreachable", async () => {
      await using command = new HealthyCommand([newNotebookId()], syncUrl, model);
      const place = await command.port();
      await command.attached;
      command.kill("SIGTERM");
      await command.end();
      const { code, stdout, stderr } = await runToEnd(["health", "--health-port", place, "--json"]);
      assert.equal(code, 1);
      assert.deepEqual(JSON.parse(stdout), { status: "unreachable", notebooks: [] });
      assert.match(
        stderr,
        /^aipython: nothing answers health checks at http:\/\/127\.0\.0\.1:\d+\/healthz \(.*\): is an agent/,
      );
    });
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("aipython health exits with 2 when no port is given", async () => {
  for (const args of [[], ["--health-port", "0"]]) {
    const { code, stderr } = await runToEnd(["health", ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /missing health port: give --health-port PORT or set AIPYTHON_HEALTH_PORT/);
  }
});
