/**
 * The command `deno task notebook`: its output, its exit codes, and the processes that it starts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { descendants, isRunning, startStackCommand } from "../../../test/stack/stack_command.ts";
import { modelNowhere, startNotebookCommand } from "./notebook_command.ts";
import { readCookie } from "./test_site.ts";

const startNotebook = (environment: Record<string, string>, ...flags: string[]) =>
  startStackCommand("web/server/main.ts", environment, ...flags);

/** Two ways to start the command. The demo starts it as another process. */
const ways = { "the command": ["web/server/main.ts"], "deno task demo --serve": ["stack/demo/main.ts", "--serve"] };

async function withDataDir(test: (dataDir: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "notebook-command-" });
  try {
    await test(`${folder}/data`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const [name, script] of Object.entries(ways)) {
  Deno.test({
    name: `${name} prints a working address and stops on Ctrl-C without leaving a process behind`,
    ignore: Deno.build.os !== "linux",
    fn: () =>
      withDataDir(async (dataDir) => {
        await using model = await startScriptedModel(answer(result("42")));
        const environment = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: model.baseUrl, AIPYTHON_MODEL: "scripted" };
        const command = startNotebookCommand(["--port", "0", "--data-dir", dataDir], environment, script);
        const address = await command.serving;
        const others = await descendants(command.pid);
        const home = await fetch(new URL("/", address), { headers: { cookie: await readCookie(address) } });
        assert.match(await home.text(), /<title>AIPython<\/title>/);

        const { code, screen, complaints } = await command.stop("SIGINT");
        assert.deepEqual([code, complaints], [0, ""]);
        assert.match(screen, /Model +scripted\n/);
        assert.ok(screen.includes(dataDir));
        assert.ok(others.length >= 2, "the notebook server was running");
        for (const pid of others) assert.equal(await isRunning(pid), false, `process ${pid} is still there`);
      }),
  });
}

Deno.test({
  name: "the secrets appear only in the printed address, and in no argument or variable of a process",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withDataDir(async (dataDir) => {
      const command = startNotebookCommand(["--port", "0", "--data-dir", dataDir]);
      const address = await command.serving;
      const secrets = await Promise.all(["token", "sync_token"].map((name) => Deno.readTextFile(`${dataDir}/${name}`)));
      for (const path of [`/?token=${secrets[0]}x`, "/nothing?token=", `/api/nothing?token=${secrets[0]}`]) {
        await (await fetch(new URL(path, address), { redirect: "manual" })).body?.cancel();
      }
      for (const pid of [command.pid, ...await descendants(command.pid)]) {
        for (const file of ["cmdline", "environ"]) {
          const text = await Deno.readTextFile(`/proc/${pid}/${file}`);
          for (const secret of secrets) assert.ok(!text.includes(secret), `${file} of ${text}`);
        }
      }
      const { screen, complaints } = await command.stop("SIGINT");
      assert.equal(address, `${new URL(address).origin}/?token=${secrets[0]}`);
      const rest = screen.replace(address, "") + complaints;
      for (const secret of secrets) assert.ok(!rest.includes(secret), rest);
    }),
});

Deno.test("--no-token opens the page to everybody and prints a warning", () =>
  withDataDir(async (dataDir) => {
    const command = startNotebookCommand(["--port", "0", "--data-dir", dataDir, "--no-token"]);
    const address = await command.serving;
    const { pathname, search } = new URL(address);
    assert.deepEqual([pathname, search], ["/", ""]);
    assert.match(await (await fetch(address)).text(), /<title>AIPython<\/title>/);
    const { complaints } = await command.stop("SIGINT");
    assert.match(complaints, /^notebook: everyone on this machine can use these notebooks/);
  }));

Deno.test("a second start on the same folder prints the first one's address and exits", () =>
  withDataDir(async (dataDir) => {
    const first = startNotebookCommand(["--port", "0", "--data-dir", dataDir]);
    const address = await first.serving;
    const { code, screen, complaints } = await startNotebookCommand(["--data-dir", dataDir, "--no-token"]).ended;
    assert.deepEqual([code, complaints], [0, ""]);
    assert.ok(screen.includes(`already being served by process ${first.pid}, with its own options.`), screen);
    assert.ok(screen.includes(`Notebooks   ${address}\n`), screen);
    assert.equal((await first.stop("SIGINT")).code, 0);
  }));

Deno.test("exactly one of several simultaneous starts serves, and the others print its address", () =>
  withDataDir(async (dataDir) => {
    const commands = [1, 2, 3].map(() => startNotebookCommand(["--port", "0", "--data-dir", dataDir]));
    const address = await Promise.any(commands.map(({ serving }) => serving));
    const first = await Promise.any(commands.map(async (command) => (await command.serving, command)));
    for (const command of commands.filter((command) => command !== first)) {
      const { code, screen } = await command.ended;
      assert.equal(code, 0, screen);
      assert.ok(screen.includes("already being served") && screen.includes(address), screen);
    }
    assert.equal((await first.stop("SIGINT")).code, 0);
  }));

Deno.test({
  name: "the next start works after the command was killed, and has its notebooks",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withDataDir(async (dataDir) => {
      const ask = async (address: string, path: string, init: RequestInit = {}) => {
        const cookie = await readCookie(address);
        return await (await fetch(new URL(path, address), { ...init, headers: { cookie } })).text();
      };
      const first = startNotebookCommand(["--port", "0", "--data-dir", dataDir]);
      const address = await first.serving;
      const { id } = JSON.parse(await ask(address, "/api/notebooks", { method: "POST", body: '{"title":"Kept"}' }));
      await ask(address, `/api/notebooks/${id}`, { method: "PATCH", body: "{}" });
      const others = await descendants(first.pid);
      await first.stop("SIGKILL");
      // The killed command leaves its address in the folder, and its sync server takes a moment to stop.
      const second = startNotebookCommand(["--port", "0", "--data-dir", dataDir]);
      const [{ title }] = JSON.parse(await ask(await second.serving, "/api/notebooks"));
      assert.equal(title, "Kept");
      for (const pid of others) assert.equal(await isRunning(pid), false, `process ${pid} is still there`);
      assert.equal((await second.stop("SIGINT")).code, 0);
    }),
});

Deno.test("an unknown flag or a wrong port ends the command with exit code 2", async () => {
  for (
    const [flag, message] of [["--ofline", /unknown flag --ofline: did you mean --offline\?/], [
      "--port=x",
      /must be a port from 0 to 65535/,
    ]]
  ) {
    const { code, stderr } = await startNotebook({}, flag as string).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), message as RegExp);
  }
});

Deno.test("the command exits with a message if the requested port is in use", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const dataDir = await Deno.makeTempDir({ prefix: "notebook-command-" });
  try {
    const { code, stderr } = await startNotebook(
      modelNowhere,
      "--port",
      String(taken.addr.port),
      "--data-dir",
      dataDir,
    ).output();
    assert.equal(code, 1);
    assert.match(new TextDecoder().decode(stderr), /^notebook: .*port \d+ .*taken/);
  } finally {
    taken.close();
    await Deno.remove(dataDir, { recursive: true });
  }
});
