import assert from "node:assert/strict";
import { tables } from "../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { idleAipython, type ProcessResult, runToEnd, startCommand } from "../cli/command_process.ts";
import { openReplWorkspace } from "../cli/repl/repl_process.ts";
import { openClient } from "../support/notebook_client.ts";
import { keys } from "../support/pseudo_terminal.ts";
import { type Answering, startEcho } from "./echo_servers.ts";
import { findSecrets, secretForms } from "./secret_forms.ts";

/** Long ones whose characters every encoding writes in its own way, and short ones that look like nothing. */
const pairs = [
  { token: `t0k3n/"&+%-hush-9f8e7d`, key: `k3y/"&+%'-hush-7c6d5e` },
  { token: "tk9!", key: "ky7!" },
];
const [{ token, key }] = pairs;

/** Every level in one format, and the most talkative one in the other. */
const loggings = [
  ...["debug", "info", "warn", "error"].map((level) => ["--log-level", level, "--log-format", "text"]),
  ["--log-level", "debug", "--log-format", "json"],
];

let turns = 0;

/** Every level and format in turn, of which `debug` says the most: it comes every other time. */
function logging(): string[] {
  const turn = turns++;
  return loggings[turn % 2 === 0 ? (turn / 2) % 2 * 4 : 1 + ((turn - 1) / 2) % 3];
}

/** The answers of a model server, by name. */
const modelAnswers: Record<string, Answering> = {
  "refuses the key": (_, echo) => Response.json({ error: { message: `bad key ${echo}`, code: echo } }, { status: 401 }),
  "forbids": (_, echo) => Response.json({ error: { message: `not for ${echo}` } }, { status: 403 }),
  "knows nothing": (_, echo) => Response.json({ error: echo }, { status: 404 }),
  "rejects": (_, echo) => Response.json({ error: { message: echo, param: echo } }, { status: 400 }),
  "shows a page": (_, echo) => new Response(`<html><title>${echo}</title>${echo}</html>`, { status: 400 }),
  "shows a good page": (_, echo) => new Response(`<html><title>${echo}</title>${echo}</html>`),
  "says something in JSON": (_, echo) => Response.json({ error: { message: echo } }),
  "redirects": (_, echo) =>
    new Response(null, { status: 307, headers: { location: `http://other.localhost/?${encodeURIComponent(echo)}` } }),
  "breaks off": (_, echo) =>
    new Response(`data: ${JSON.stringify({ error: { message: echo, type: "invalid_request" } })}\n\n`, {
      headers: { "content-type": "text/event-stream", "x-request-id": echo },
    }),
  "sends garbage": (_, echo) =>
    new Response(`data: {${echo}\n\n`, { headers: { "content-type": "text/event-stream" } }),
};

/** The answers of a notebook's server, by name. */
const syncAnswers: Record<string, Answering> = {
  "refuses the token": (_, echo) => new Response(echo, { status: 401 }),
  "is no notebook server": (_, echo) => new Response(echo),
  "redirects": (_, echo) =>
    new Response(null, { status: 302, headers: { location: `http://other.localhost/${encodeURIComponent(echo)}` } }),
  "refuses the socket": (request, echo) =>
    request.url.includes("/api/me")
      ? Response.json({ id: "u1", name: echo })
      : new Response(`{ "cause": Error: Runtime userId mismatch: ${echo} }`, { status: 400 }),
  "fails at the socket": (request, echo) =>
    request.url.includes("/api/me") ? Response.json({ id: echo, name: echo }) : new Response(echo, { status: 500 }),
  "closes the socket": (request, echo) => {
    if (request.headers.get("upgrade") !== "websocket") return Response.json({ id: "u1", name: echo });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => socket.close(4001, echo.slice(0, 120));
    return response;
  },
};

/** A notebook's server that lets everybody in and answers every frame with an error; nobody gets to know a notebook there. */
const answersWithErrors: Answering = (request, echo) => {
  if (request.headers.get("upgrade") !== "websocket") return Response.json({ id: "u1", name: echo });
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = ({ data }) => {
    const { requestId } = JSON.parse(data);
    socket.send(JSON.stringify({ _tag: "WSMessage.Error", requestId, message: echo }));
  };
  return response;
};

/** The servers that are enough to check short secrets, and the output of `check`. */
const enough = new Set(["rejects", "breaks off", "refuses the socket"]);

/** Checks that no secret is in a written text. */
function assertClean(what: string, written: string, secrets: readonly string[]): void {
  assert.deepEqual(findSecrets(written, secrets), [], what);
}

const writtenBy = ({ stdout, stderr }: ProcessResult) => `${stdout}\n${stderr}`;

/** An address without a server: every connection to it is refused at once. */
const nowhere = "ws://127.0.0.1:1/livestore";

Deno.test("secretForms() knows a secret that a text holds in base64, wherever it begins there", () => {
  for (const around of ["", "a", "ab", "abc", "user:", "Bearer "]) {
    const text = `basic ${btoa(`${around}${token}${around}`)} end`;
    assert.ok(findSecrets(text, [token]).length > 0, around);
  }
  assert.ok(secretForms(token).size > 10);
});

Deno.test("no secret is written when a model server repeats it, by run and check, at any level and in any format", async (t) => {
  for (const { token, key } of pairs) {
    for (const [name, answer] of Object.entries(modelAnswers)) {
      if (key.length < 8 && !enough.has(name)) continue;
      await t.step(`a server that ${name}, a key of ${key.length} characters`, async () => {
        await using server = startEcho(answer);
        const folder = await Deno.makeTempDir();
        const environment = {
          OPENAI_API_KEY: key,
          OPENAI_BASE_URL: `http://${server.host}/v1`,
          AUTH_TOKEN: token,
          NOTEBOOK_ID: "any",
          LIVESTORE_SYNC_URL: nowhere,
          TMPDIR: folder,
        };
        const options = { environment, directory: folder, permissions: ["--allow-write"], input: "1 + 1\n" };
        const files = ["--output", "out.ipynb", "--trace", "trace.jsonl"];
        const written = [writtenBy(await runToEnd(["run", "-", ...files, ...logging()], options))];
        if (enough.has(name)) written.push(writtenBy(await runToEnd(["check", ...logging()], options)));
        written.push(await Deno.readTextFile(`${folder}/out.ipynb`).catch(() => ""));
        written.push(await Deno.readTextFile(`${folder}/trace.jsonl`));
        await Deno.remove(folder, { recursive: true });
        assertClean(name, written.join("\n"), [token, key]);
        assert.ok(server.heard.some((request) => request.includes(JSON.stringify(`Bearer ${key}`).slice(1, -1))));
        assertClean("what the model server heard", server.heard.join("\n"), [token]);
      });
    }
  }
});

Deno.test("no header and no password of the base URL is written when a model server repeats it, by run and check", async (t) => {
  for (const [name, answer] of Object.entries(modelAnswers)) {
    await t.step(`a server that ${name}`, async () => {
      await using server = startEcho(answer);
      const folder = await Deno.makeTempDir();
      const password = encodeURIComponent(token);
      for (
        const [what, variables] of Object.entries<Record<string, string>>({
          "a header": { OPENAI_BASE_URL: `http://${server.host}/v1`, AIPYTHON_HEADERS: `Authorization: Bearer ${key}` },
          "a password": { OPENAI_BASE_URL: `http://me:${password}@${server.host}/v1?key=${encodeURIComponent(key)}` },
        })
      ) {
        const environment = { ...variables, LIVESTORE_SYNC_URL: nowhere, TMPDIR: folder };
        const options = { environment, directory: folder, permissions: ["--allow-write"], input: "1 + 1\n" };
        const files = ["--output", "out.ipynb", "--trace", "trace.jsonl"];
        const written = [writtenBy(await runToEnd(["run", "-", ...files, ...logging()], options))];
        if (enough.has(name)) written.push(writtenBy(await runToEnd(["check", ...logging()], options)));
        written.push(await Deno.readTextFile(`${folder}/out.ipynb`).catch(() => ""));
        written.push(await Deno.readTextFile(`${folder}/trace.jsonl`));
        assertClean(what, written.join("\n"), [token, key]);
      }
      await Deno.remove(folder, { recursive: true });
      assert.ok(server.heard.some((request) => request.includes(JSON.stringify(`Bearer ${key}`).slice(1, -1))));
      assert.ok(server.heard.some((request) => request.includes("Basic ")));
    });
  }
});

Deno.test("no secret is written when a notebook's server repeats it, by attaching and by check", async (t) => {
  await using model = startEcho(() => Response.json({ data: [] }));
  for (const { token, key } of pairs) {
    for (const [name, answer] of Object.entries(syncAnswers)) {
      if (token.length < 8 && !enough.has(name)) continue;
      await t.step(`a server that ${name}, a token of ${token.length} characters`, async () => {
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

Deno.test("no secret is written when a notebook's server answers frames with errors that repeat it", async () => {
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
    // Who the token belongs to, a socket, and another one after it was lost.
    await Promise.race([server.heardOf(3), ended]);
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    const written = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.match(written, /could not answer a pull/);
    assertClean("the log", written, [token, key]);
  }
});

Deno.test("no secret gets into a notebook's log, or into the agent's, when the model server repeats it there", async () => {
  await using server = await startSyncServer({
    users: { [token]: { id: "user-1", email: "user@example.com", name: "User" } },
  });
  const answers = Object.values(modelAnswers);
  let asked = 0;
  // The start must get past the check of the key.
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
  // One by one: after a refused key, what waits is cancelled.
  for (const cell of cells) await Promise.race([person.requestIs(person.run(cell), "completed", "failed"), ended]);
  for (const cell of cells) assert.match(person.outputs(cell).at(-1)?.data ?? "", /"ModelError"/);
  const rows = Object.values(tables).flatMap((table) => [...person.store.query(table as typeof tables.outputs)]);
  child.kill("SIGTERM");
  const { stderr, stdout } = await ended;
  const written = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  assertClean("the notebook and the log", written + JSON.stringify(rows), [token, key]);
  assertClean("what the model server heard", model.heard.join("\n"), [token]);
});

Deno.test("no secret is written with an error that nothing caught, at any level", async () => {
  const environment = { OPENAI_API_KEY: key, AUTH_TOKEN: token, NOTEBOOK_ID: "broken" };
  for (const logging of loggings) {
    const result = await runToEnd(logging, { script: idleAipython, environment });
    assert.equal(result.code, 1);
    assert.match(result.stderr, /broken, \[hidden\]/);
    assertClean(logging.join(" "), writtenBy(result), [token, key]);
  }
});

Deno.test("no secret is drawn in repl, nor kept in its history", async () => {
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
