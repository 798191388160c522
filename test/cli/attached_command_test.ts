import assert from "node:assert/strict";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { startCommand } from "./command_process.ts";

const apiKey = "sk-very-secret-key";

/** A running `aipython`, and what it has written so far. */
class Command implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #written: Promise<string>;
  readonly #attached = Promise.withResolvers<void>();

  constructor(environment: Record<string, string>, args: string[] = []) {
    this.#process = startCommand(["--log-level", "debug", ...args], {
      environment: { OPENAI_API_KEY: apiKey, ...environment },
    });
    this.#attached.promise.catch(() => {});
    this.#written = this.#read(this.#process.stderr);
  }

  /** Resolves when it says that it is attached. */
  get attached(): Promise<void> {
    return this.#attached.promise;
  }

  /** Sends a signal. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Resolves when it has ended, with its exit code and all that it wrote. */
  async end(): Promise<{ code: number; written: string }> {
    const [{ code }, written] = await Promise.all([this.#process.status, this.#written, this.#process.stdout.cancel()]);
    return { code, written };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await Promise.allSettled([this.#process.status, this.#written]);
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
    let written = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      written += text;
      if (written.includes("attached")) this.#attached.resolve();
    }
    this.#attached.reject(new Error(`aipython ended without being attached:\n${written}`));
    return written;
  }
}

Deno.test("aipython serves a notebook", async (t) => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  const { syncUrl, authToken, port } = server;
  await using model = await startScriptedModel(({ number }) => answer(stdout(`run ${number}\n`)));
  const environment = (notebookId: string) => ({
    NOTEBOOK_ID: notebookId,
    RUNT_API_KEY: authToken,
    LIVESTORE_SYNC_URL: syncUrl,
    OPENAI_BASE_URL: model.baseUrl,
  });
  try {
    await t.step("with the environment that the web app tells people to set, until Ctrl-C", async () => {
      const notebookId = newNotebookId();
      await using person = await openClient({ syncUrl, authToken, notebookId });
      await using command = new Command(environment(notebookId));
      await command.attached;
      const cell = person.addCell("print('run')");
      await person.requestIs(person.run(cell), "completed");
      assert.match(person.text(cell), /^run \d+\n$/);
      command.kill("SIGINT");
      const { code, written } = await command.end();
      assert.equal(code, 130);
      assert.ok(!written.includes(apiKey) && !written.includes(authToken), written);
    });

    await t.step("and goes on when the sync server is killed and restarted between two cells", async () => {
      const notebookId = newNotebookId();
      await using person = await openClient({ syncUrl, authToken, notebookId });
      await using command = new Command(environment(notebookId));
      await command.attached;
      const cells = ["first", "second"].map((source) => person.addCell(source));
      await person.requestIs(person.run(cells[0]), "completed");
      await person.store.settled();
      await server.kill();
      server = await startSyncServer({ dataDir, port });
      await person.requestIs(person.run(cells[1]), "completed");
      command.kill("SIGTERM");
      const { code, written } = await command.end();
      assert.equal(code, 143);
      assert.match(written, /no connection to the sync server; reconnecting/);
      assert.match(written, /connected to the sync server again/);
      assert.ok(!written.includes(apiKey) && !written.includes(authToken), written);
    });

    await t.step("and leaves with 4 when another runtime takes over", async () => {
      const notebookId = newNotebookId();
      await using older = new Command(environment(notebookId));
      await older.attached;
      await using newer = new Command(environment(notebookId));
      await newer.attached;
      const { code, written } = await older.end();
      assert.equal(code, 4);
      assert.match(written, /another runtime has taken notebook/);
      newer.kill("SIGTERM");
      await newer.end();
    });

    await t.step("and leaves with 3 when a token is refused", async () => {
      await using command = new Command({ ...environment(newNotebookId()), RUNT_API_KEY: "wrong-token" });
      const { code, written } = await command.end();
      assert.equal(code, 3);
      assert.match(written, /does not take the token/);
      assert.ok(!written.includes("wrong-token"), written);
    });

    await t.step("and leaves with 3 when an API key is refused, before it displaces anybody", async () => {
      await using strict = await startScriptedModel([], { models: { status: 401 } });
      await using command = new Command({ ...environment(newNotebookId()), OPENAI_BASE_URL: strict.baseUrl });
      const { code, written } = await command.end();
      assert.equal(code, 3);
      assert.match(written, /does not take the API key/);
      assert.ok(!written.includes(apiKey), written);
    });
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});
