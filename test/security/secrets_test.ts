import assert from "node:assert/strict";
import { runToEnd } from "../cli/command_process.ts";
import { startEcho } from "./echo_servers.ts";
import { findSecrets, secretForms } from "./secret_forms.ts";
import { assertClean, enough, key, logging, modelAnswers, pairs, token, writtenBy } from "./secret_cases.ts";

/** An address at which no server listens. */
const nowhere = "ws://127.0.0.1:1/livestore";

Deno.test("findSecrets() finds a secret in base64 at any offset", () => {
  for (const around of ["", "a", "ab", "abc", "user:", "Bearer "]) {
    const text = `basic ${btoa(`${around}${token}${around}`)} end`;
    assert.ok(findSecrets(text, [token]).length > 0, around);
  }
  assert.ok(secretForms(token).size > 10);
});

Deno.test("run and check write no secret that a model server repeats, at any log level and format", async (t) => {
  for (const { token, key } of pairs) {
    for (const [name, answer] of Object.entries(modelAnswers)) {
      if (key.length < 8 && !enough.has(name)) continue;
      await t.step(`a server that ${name} repeats a key of ${key.length} characters`, async () => {
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

Deno.test("run and check write no header and no password of the base URL that a model server repeats", async (t) => {
  for (const [name, answer] of Object.entries(modelAnswers)) {
    await t.step(`a server that ${name} repeats a header and a password`, async () => {
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
