import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { azureVariableNames } from "../../src/options/azure_variables.ts";
import type { OptionEntry } from "../../src/options/option_entry.ts";
import { optionTable } from "../../src/options/option_table.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { openClient } from "../support/notebook_client.ts";
import { keys, openPseudoTerminal } from "../support/pseudo_terminal.ts";
import { answer, display, stdout } from "../support/scripted_answer.ts";
import { type ScriptedModelServer, startScriptedModel } from "../support/scripted_model_server.ts";
import { aipython } from "./command_process.ts";
import { modelEnvironment } from "./run/run_process.ts";

const page = await Deno.readTextFile(new URL("../../SECURITY.md", import.meta.url));
const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The permissions that SECURITY.md documents: those to attach, and what the other commands need besides. */
const [attachFlags, furtherFlags] = [...page.matchAll(/^```sh\n([^]*?)^```/gm)]
  .map(([, block]) => [...block.matchAll(/--(allow|ignore)-(\w+)(?:=(\S+))?/g)])
  .filter((flags) => flags.length > 0)
  .map((flags) => flags.map(([, verb, what, values]) => ({ name: `--${verb}-${what}`, values: values?.split(",") })));

/** A folder, a home and a temporary folder in one, and a model server. */
interface Installation extends AsyncDisposable {
  model: ScriptedModelServer;
  folder: string;
  environment: Record<string, string>;
  /** The command line of the program with documented permissions, put together flag by flag. */
  command(flags: readonly (typeof attachFlags)[], args: readonly string[]): string[];
}

async function openInstallation(): Promise<Installation> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><text x="9" y="9">hi</text></svg>`;
  const model = await startScriptedModel(answer(stdout("served\n"), display({ "image/svg+xml": svg })));
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(`${folder}/cell.py`, "print('served')\n");
  await Deno.writeTextFile(`${folder}/.env`, "AIPYTHON_MODEL=from-env-file\n");
  const { AIPYTHON_MODEL: _model, ...servers } = modelEnvironment(model);
  const deno = ["DENO_DIR", "PATH"].flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []);
  const home = Deno.env.get("HOME");
  const cache = Deno.env.has("DENO_DIR") || home === undefined ? {} : { DENO_DIR: `${home}/.cache/deno` };
  // The permissions speak of an installed program, which is in the cache with its packages; in a checkout both are in its folder.
  const places: Record<string, string> = {
    "$HOME/.cache/deno": `${repository}node_modules,${repository}src`,
    "$HOME": folder,
    "/tmp": folder,
    "app.runt.run": "127.0.0.1",
    "api.openai.com": "127.0.0.1",
  };
  const here = (value: string) =>
    value.replace(/^(?:\$HOME\/\.cache\/deno|\$HOME|\/tmp|app\.runt\.run$|api\.openai\.com$)/, (name) => places[name]);
  return {
    model,
    folder,
    environment: {
      ...Object.fromEntries(deno),
      ...cache,
      ...servers,
      HOME: folder,
      TMPDIR: folder,
      CI: "true",
      LOG: "x",
    },
    command(flags, args) {
      const values = Map.groupBy(flags.flat(), ({ name }) => name);
      const permissions = [...values].map(([name, given]) => {
        const all = given.flatMap(({ values = [] }) => values.map(here));
        return all.length === 0 ? name : `${name}=${all.join(",")}`;
      });
      return ["run", "--no-prompt", "--quiet", ...permissions, fileURLToPath(aipython), ...args];
    },
    async [Symbol.asyncDispose]() {
      await model.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Runs the program to its end. */
async function runToEnd(installation: Installation, args: readonly string[], environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: installation.command([attachFlags, furtherFlags], args),
    env: { ...installation.environment, ...environment },
    clearEnv: true,
    cwd: installation.folder,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("SECURITY.md allows every variable of the options, and no other, to whoever attaches", () => {
  const allowed = attachFlags.find(({ name }) => name === "--allow-env")?.values ?? [];
  const known = Object.values<OptionEntry<unknown>>(optionTable).flatMap(({ environment }) => environment);
  // One option of the library and one of the command share a variable.
  assert.deepEqual(allowed.toSorted(), [...new Set([...known, ...azureVariableNames])].toSorted());
});

Deno.test("SECURITY.md allows neither programs, nor native code, nor the system's description, nor all of anything", () => {
  const all = [...attachFlags, ...furtherFlags];
  const names = new Set(all.map(({ name }) => name));
  assert.deepEqual([...names], ["--allow-net", "--allow-env", "--ignore-env", "--allow-read", "--allow-write"]);
  for (const { name, values } of all) assert.equal(values === undefined, name === "--ignore-env", name);
});

Deno.test("aipython attaches and serves a cell with a picture, with the permissions of SECURITY.md alone", async () => {
  await using server = await startSyncServer();
  await using installation = await openInstallation();
  const notebook = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
  await using person = await openClient(notebook);
  const child = new Deno.Command(Deno.execPath(), {
    args: installation.command([attachFlags], []),
    env: {
      ...installation.environment,
      LIVESTORE_SYNC_URL: notebook.syncUrl,
      AUTH_TOKEN: notebook.authToken,
      NOTEBOOK_ID: notebook.notebookId,
    },
    clearEnv: true,
    cwd: installation.folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const cell = person.addCell("plot()");
  const request = person.run(cell);
  const ended = child.output();
  await Promise.race([person.requestIs(request, "completed"), ended]);
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  const log = new TextDecoder().decode(stderr);
  assert.equal(code, 143, log);
  assert.doesNotMatch(log, /NotCapable|Requires|prompt/);
  const [text, picture] = person.outputs(cell);
  assert.equal(text.data, "served\n");
  assert.deepEqual(Object.keys(picture.representations!).sort(), ["image/svg+xml", "text/plain"]);
  assert.equal(installation.model.requests[0].body.model, "from-env-file");
});

Deno.test("aipython run writes its notebook and its pictures with the permissions of SECURITY.md alone", async () => {
  await using installation = await openInstallation();
  const { code, stdout, stderr } = await runToEnd(installation, ["run", "cell.py", "--output", "out.ipynb"]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^served\n\[picture: .*cell-1-1\.png\]\n$/);
  assert.match(await Deno.readTextFile(`${installation.folder}/out.ipynb`), /served[^]*"image\/png"/);
  assert.doesNotMatch(stderr, /NotCapable|Requires|prompt/);
});

Deno.test("aipython check checks everything with the permissions of SECURITY.md alone", async () => {
  await using server = await startSyncServer();
  await using installation = await openInstallation();
  const { code, stdout, stderr } = await runToEnd(installation, ["check", "--json"], {
    LIVESTORE_SYNC_URL: server.syncUrl,
    AUTH_TOKEN: server.authToken,
    NOTEBOOK_ID: newNotebookId(),
  });
  assert.equal(code, 0, stderr);
  const { checks } = JSON.parse(stdout);
  assert.doesNotMatch(JSON.stringify(checks) + stderr, /NotCapable|Requires|prompt/);
  assert.deepEqual(checks.filter(({ status }: { status: string }) => status === "fail"), []);
});

Deno.test("aipython repl reads keys and keeps its history with the permissions of SECURITY.md alone", async () => {
  await using installation = await openInstallation();
  const command = [Deno.execPath(), ...installation.command([attachFlags, furtherFlags], ["repl"])];
  const { environment: env, folder: cwd } = installation;
  await using terminal = openPseudoTerminal(command, { env: { ...env, NO_COLOR: "1" }, cwd });
  await terminal.until("In [1]: ");
  await terminal.type(`print('served')${keys.enter}`);
  await terminal.until("In [2]: ");
  await terminal.type(keys.ctrl("d"));
  assert.equal(await terminal.exitCode(), 0);
  assert.doesNotMatch(terminal.raw, /NotCapable|Requires|prompt/);
  const history = await Array.fromAsync(
    Deno.readDir(`${installation.folder}/.local/state/aipython`),
    ({ name }) => name,
  );
  assert.ok(history.length > 0);
});
