/**
 * Checks that no secret is written when a notebook's server repeats it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { tables } from "../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { idleAipython, runToEnd, startCommand } from "../cli/command_process.ts";
import { openReplWorkspace } from "../cli/repl/repl_process.ts";
import { openClient } from "../support/notebook_client.ts";
import { keys } from "../support/pseudo_terminal.ts";
import { type Answering, startEcho } from "./echo_servers.ts";
import { assertClean, enough, key, logging, loggings, modelAnswers, pairs, token, writtenBy } from "./secret_cases.ts";

/** The answers of a notebook's server, by what it does. */
const syncAnswers: Record<string, Answering> = {
  "refuses the token": (_, echo) => new Response(echo, { status: 401 }),
  "is not a notebook server": (_, echo) => new Response(echo),
  "redirects": (_, echo) =>
    new Response(null, { status: 302, headers: { location: `http://other.localhost/${encodeURIComponent(echo)}` } }),
  "refuses the socket": (request, echo) =>
    request.url.includes("/api/me")
      ? Response.json({ id: "u1", name: echo })
      : new Response(`{ "cause": Error: Runtime userId mismatch: ${echo} }`, { status: 400 }),
  "fails to open the socket": (request, echo) =>
    request.url.includes("/api/me") ? Response.json({ id: echo, name: echo }) : new Response(echo, { status: 500 }),
  "closes the socket": (request, echo) => {
    if (request.headers.get("upgrade") !== "websocket") return Response.json({ id: "u1", name: echo });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => socket.close(4001, echo.slice(0, 120));
    return response;
  },
};

/** A notebook's server that accepts every token and answers every frame with an error. */
const answersWithErrors: Answering = (request, echo) => {
  if (request.headers.get("upgrade") !== "websocket") return Response.json({ id: "u1", name: echo });
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = ({ data }) => {
    const { requestId } = JSON.parse(data);
    socket.send(JSON.stringify({ _tag: "WSMessage.Error", requestId, message: echo }));
  };
  return response;
};

Deno.test("attaching and check write no secret that a notebook's server repeats", async (t) => {
  await using model = startEcho(() => Response.json({ data: [] }));
  for (const { token, key } of pairs) {
    for (const [name, answer] of Object.entries(syncAnswers)) {
      if (token.length < 8 && !enough.has(name)) continue;
      await t.step(`a server that ${name} repeats a token of ${token.length} characters`, async () => {
        await using server = startEcho(answer);
        const environment = {
          OPENAI_API_KEY: key,
          OPENAI_BASE_URL: `http://${model.host}/v1`,
          AUTH_TOKEN: token,
          NOTEBOOK_ID: "any",
          LIVESTORE_SYNC_URL: `ws://${server.host}/livestore?key=${encodeURIComponent(token)}`,
          AIPYTHON_CONNECT_TIMEOUT: "1",
        };
        const attached = runToEnd(logging(), { environment });
        const checked = runToEnd(["check", "--json", ...logging()], { environment });
        const results = await Promise.all([attached, checked]);
        assert.ok([3, 5].includes(results[0].code), results.map(writtenBy).join("\n"));
        assertClean(name, results.map(writtenBy).join("\n"), [token, key]);
        assert.ok(server.heard.length > 0);
        assertClean("what the notebook's server heard", server.heard.join("\n"), [key]);
      });
    }
  }
  assertClean("what the model server heard", model.heard.join("\n"), [token]);
});

Deno.test("the agent writes no secret that a notebook's server repeats in errors", async () => {
  await using model = startEcho(() => Response.json({ data: [] }));
  for (const { token, key } of pairs) {
    await using server = startEcho(answersWithErrors);
    const environment = {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: `http://${model.host}/v1`,
      AUTH_TOKEN: token,
      NOTEBOOK_ID: "any",
      LIVESTORE_SYNC_URL: `ws://${server.host}/livestore`,
    };
    const child = startCommand(["--log-level", "debug"], { environment });
    const ended = child.output();
    // The request for the token's owner, a socket, and another socket after the first one was lost.
    await Promise.race([server.heardOf(3), ended]);
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    const written = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.match(written, /could not answer a pull/);
    assertClean("the log", written, [token, key]);
  }
});

Deno.test("the notebook and the agent's log contain no secret that the model server repeats", async () => {
  await using server = await startSyncServer({
    users: { [token]: { id: "user-1", email: "user@example.com", name: "User" } },
  });
  const answers = Object.values(modelAnswers);
  let asked = 0;
  // The check of the key at the start must succeed.
  await using model = startEcho((request, echo) =>
    request.method === "GET" ? Response.json({ data: [] }) : answers[asked++](request, echo)
  );
  const notebookId = newNotebookId();
  const environment = {
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: `http://${model.host}/v1`,
    AUTH_TOKEN: token,
    NOTEBOOK_ID: notebookId,
    LIVESTORE_SYNC_URL: server.syncUrl,
  };
  const child = startCommand(["--log-level", "debug"], { environment });
  const ended = child.output();
  await using person = await openClient({ syncUrl: server.syncUrl, authToken: token, notebookId });
  const cells = answers.map(() => person.addCell("1 + 1"));
  // The cells run one by one, because a refused key cancels the waiting ones.
  for (const cell of cells) await Promise.race([person.requestIs(person.run(cell), "completed", "failed"), ended]);
  for (const cell of cells) assert.match(person.outputs(cell).at(-1)?.data ?? "", /"ModelError"/);
  const rows = Object.values(tables).flatMap((table) => [...person.store.query(table as typeof tables.outputs)]);
  child.kill("SIGTERM");
  const { stderr, stdout } = await ended;
  const written = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  assertClean("the notebook and the log", written + JSON.stringify(rows), [token, key]);
  assertClean("what the model server heard", model.heard.join("\n"), [token]);
});

Deno.test("an uncaught error is written without secrets at any log level", async () => {
  const environment = { OPENAI_API_KEY: key, AUTH_TOKEN: token, NOTEBOOK_ID: "broken" };
  for (const logging of loggings) {
    const result = await runToEnd(logging, { script: idleAipython, environment });
    assert.equal(result.code, 1);
    assert.match(result.stderr, /broken, \[hidden\]/);
    assertClean(logging.join(" "), writtenBy(result), [token, key]);
  }
});

Deno.test("the terminal and the history of repl contain no secrets", async () => {
  await using workspace = await openReplWorkspace(({ headers: { authorization = "" } }) => ({
    status: 400,
    body: { error: { message: `${authorization} ${encodeURIComponent(authorization)} ${btoa(authorization)}` } },
  }));
  await using terminal = workspace.open(["--log-level", "debug"], { OPENAI_API_KEY: key, AUTH_TOKEN: token });
  await terminal.until("In [1]: ");
  await terminal.type(`1 + 1${keys.enter}`);
  await terminal.until("In [2]: ");
  await terminal.type(keys.ctrl("d"));
  assert.equal(await terminal.exitCode(), 0);
  assertClean("the terminal", terminal.raw, [token, key]);
  assert.match(terminal.raw, /ModelError/);
  for await (const { name } of Deno.readDir(`${workspace.folder}/aipython`)) {
    assertClean(name, await Deno.readTextFile(`${workspace.folder}/aipython/${name}`), [token, key]);
  }
});
