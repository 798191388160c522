/**
 * What each command must be able to do with its permission set, and what shows that it may read a variable.
 *
 * @module
 */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { type KernelClient, runCellWithPicture } from "../../support/kernel_client.ts";
import { type ClientOptions, openClient } from "../../support/notebook_client.ts";
import { keys, openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";
import { serveKernel } from "../../support/served_kernel.ts";

/** Where a job is done. */
export interface Workplace {
  /** The program that is Deno. */
  deno: string;
  /** Deno's arguments that run the command in question with the permissions in question. */
  command(...args: string[]): string[];
  /** The working directory: it has an `.env` that names the model, and `cell.py`. */
  folder: string;
  /** Another folder, for what the command keeps and for temporary files. */
  elsewhere: string;
  /** All that the command is given: where notebook and model are, too. */
  environment: Readonly<Record<string, string>>;
  /** Answers each cell with {@linkcode RED} text and a picture. */
  model: ScriptedModelServer;
  notebook: ClientOptions;
}

/** Does a job; rejects if the command did not. */
export type Job = (place: Workplace) => Promise<void>;

/** The jobs of a command. */
export interface CommandJobs {
  /** All that it is for. */
  whole: Job;
  /** By the variable that each shows to be read. */
  variables: Readonly<Record<string, Job>>;
}

/** The model that `.env` names. */
export const MODEL = "from-env-file";

/** What every cell prints. */
export const RED = "\x1b[31mserved\x1b[0m\n";

/** A colour, or bold or dim text. */
// deno-lint-ignore no-control-regex -- colours are what is looked for
const COLOR = /\x1b\[(?:3\d|[12])m/;

type Environment = Readonly<Record<string, string>>;

/** Runs the command to its end without a terminal, and returns what it wrote. */
async function end(place: Workplace, args: readonly string[], environment?: Environment): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(place.deno, {
    args: place.command(...args),
    env: { ...place.environment, ...environment },
    clearEnv: true,
    cwd: place.folder,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const written = decoder.decode(stdout) + decoder.decode(stderr);
  assert.equal(code, 0, written);
  return written;
}

/** Runs the command to its end in a terminal, and returns what it wrote. `cell` is typed at its prompt. */
async function endInTerminal(
  place: Workplace,
  args: readonly string[],
  { environment, cell }: { environment?: Environment; cell?: string },
): Promise<string> {
  const options = { env: { ...place.environment, ...environment }, cwd: place.folder };
  await using terminal = openPseudoTerminal([place.deno, ...place.command(...args)], options);
  if (cell !== undefined) {
    await terminal.until("In [1]: ");
    await terminal.type(`${cell}${keys.enter}`);
    await terminal.until("In [2]: ");
    await terminal.type(keys.ctrl("d"));
  }
  assert.equal(await terminal.exitCode(), 0, terminal.raw);
  return terminal.raw;
}

/** Shows that a command that ends by itself reads `TERM`. */
const termJob = (...args: string[]): Job => async (place) =>
  assert.doesNotMatch(await endInTerminal(place, args, { environment: { TERM: "dumb" } }), COLOR);

/** Shows which variables name the folder for pictures: each one only counts where those before it are not set. */
function temporaryFolderJobs(run: (place: Workplace, environment: Environment) => Promise<string>) {
  const names = ["TMPDIR", "TMP", "TEMP"];
  return Object.fromEntries(names.map((name, index): [string, Job] => [name, async (place) => {
    const wanted = await Deno.makeTempDir({ dir: place.elsewhere });
    const rest = names.slice(index + 1).map((later) => [later, place.elsewhere]);
    const { TMPDIR: _folder, ...environment } = place.environment;
    const written = await run({ ...place, environment }, { ...Object.fromEntries(rest), [name]: wanted });
    const [, picture] = /\[picture: (\S+)\]/.exec(written) ?? assert.fail(written);
    await Deno.remove(dirname(picture), { recursive: true });
    assert.equal(dirname(dirname(picture)), wanted);
  }]));
}

const attach: CommandJobs = {
  async whole({ deno, command, environment, folder, model, notebook }) {
    await using person = await openClient(notebook);
    const child = new Deno.Command(deno, {
      args: command(),
      env: environment,
      clearEnv: true,
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const cell = person.addCell("plot()");
    const request = person.run(cell);
    const output = child.output();
    const hasEnded = await Promise.race([
      person.requestIs(request, "completed").then(() => false),
      output.then(() => true),
    ]);
    if (!hasEnded) child.kill("SIGTERM");
    const { code, stderr } = await output;
    assert.equal(code, 143, new TextDecoder().decode(stderr));
    const [text, picture] = person.outputs(cell);
    assert.equal(text.data, RED);
    assert.deepEqual(Object.keys(picture.representations!).sort(), ["image/svg+xml", "text/plain"]);
    assert.equal(model.requests.at(-1)?.body.model, MODEL);
  },
  variables: {},
};

const check: CommandJobs = {
  async whole(place) {
    const { checks } = JSON.parse(await end(place, ["check", "--json"]));
    assert.deepEqual(checks.filter(({ status }: { status: string }) => status === "fail"), []);
    assert.equal(place.model.requests.at(-1)?.body.model, MODEL);
  },
  variables: { TERM: termJob("check") },
};

const health: CommandJobs = {
  async whole(place) {
    const notebooks = [{ notebook: "lesson", status: "attached", since: "2026-11-29T12:11:06.000Z" }];
    await using agent = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => Response.json({ status: "attached", notebooks }),
    );
    const written = await end(place, ["health"], { AIPYTHON_HEALTH_PORT: String(agent.addr.port) });
    assert.equal(written, "lesson: attached since 2026-11-29T12:11:06.000Z\n");
  },
  variables: {},
};

const runCell = ["run", "cell.py"];

const run: CommandJobs = {
  async whole(place) {
    const notebook = `${place.elsewhere}/out.ipynb`;
    assert.match(await end(place, [...runCell, "--output", notebook]), /^served\n\[picture: \S*cell-1-1\.png\]\n/);
    assert.match(await Deno.readTextFile(notebook), /served[^]*"image\/png"/);
    assert.equal(place.model.requests.at(-1)?.body.model, MODEL);
  },
  variables: {
    TERM: termJob(...runCell),
    ...temporaryFolderJobs((place, environment) => end(place, runCell, environment)),
  },
};

/** Enters a cell at the prompt. */
const enterCell = (place: Workplace, environment: Environment = {}) =>
  endInTerminal(place, ["repl"], { environment, cell: "plot()" });

const repl: CommandJobs = {
  async whole(place) {
    assert.match(await enterCell(place), /\[picture: \S+\.png\]/);
    assert.equal(place.model.requests.at(-1)?.body.model, MODEL);
  },
  variables: {
    async TERM(place) {
      const options = { env: { ...place.environment, TERM: "dumb" }, cwd: place.folder };
      await using terminal = openPseudoTerminal([place.deno, ...place.command("repl")], options);
      await terminal.until(/repl needs a terminal|In \[1\]/);
      assert.match(terminal.text, /repl needs a terminal whose cursor can be moved/);
    },
    ...temporaryFolderJobs(enterCell),
    async HOME(place) {
      const home = await Deno.makeTempDir({ dir: place.elsewhere });
      await enterCell(place, { HOME: home });
      assert.match(await Deno.readTextFile(`${home}/.local/state/aipython/history`), /plot/);
    },
    async XDG_STATE_HOME(place) {
      const state = await Deno.makeTempDir({ dir: place.elsewhere });
      await enterCell(place, { XDG_STATE_HOME: state });
      assert.match(await Deno.readTextFile(`${state}/aipython/history`), /plot/);
    },
  },
};

/** Installs a kernel and returns the folder that it is in, and what it may read. */
async function installKernel(place: Workplace, environment: Environment, ...args: string[]) {
  const written = await end(place, ["kernel", "install", "--json", ...args], environment);
  const { folder } = JSON.parse(written.slice(written.indexOf("{"), written.lastIndexOf("}") + 1));
  const { argv } = JSON.parse(await Deno.readTextFile(`${folder}/kernel.json`));
  return { folder, readable: String(argv.find((word: string) => word.startsWith("--allow-read="))) };
}

/** Shows that a variable decides on the folder of a kernel, which is `below` the variable's own. */
const kernelFolderJob = (name: string, below: string, ...args: string[]): Job => async (place) => {
  const wanted = await Deno.makeTempDir({ dir: place.elsewhere });
  const { folder } = await installKernel(place, { [name]: wanted }, ...args);
  assert.equal(folder, `${wanted}${below}/kernels/aipython`);
};

/** Shows that a variable is in the kernel's own permissions: each one only counts where those before it are not set. */
const kernelReadJob = (name: string, ...before: string[]): Job => async (place) => {
  const environment = Object.fromEntries(Object.entries(place.environment).filter(([each]) => !before.includes(each)));
  const wanted = await Deno.makeTempDir({ dir: place.elsewhere });
  const { readable } = await installKernel({ ...place, environment }, { [name]: wanted });
  assert.ok(readable.split(/[=,]/).includes(wanted), readable);
};

const kernelInstall: CommandJobs = {
  async whole(place) {
    const { folder } = await installKernel(place, {});
    assert.match(await end(place, ["kernel", "list"]), /^aipython: [^]*ready\n$/);
    assert.match(await end(place, ["kernel", "uninstall"]), /^Removed /);
    await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
  },
  variables: {
    TMPDIR: kernelReadJob("TMPDIR"),
    TMP: kernelReadJob("TMP", "TMPDIR"),
    TEMP: kernelReadJob("TEMP", "TMPDIR", "TMP"),
    HOME: kernelFolderJob("HOME", "/.local/share/jupyter"),
    XDG_DATA_HOME: kernelFolderJob("XDG_DATA_HOME", "/jupyter"),
    JUPYTER_DATA_DIR: kernelFolderJob("JUPYTER_DATA_DIR", ""),
    JUPYTER_RUNTIME_DIR: kernelReadJob("JUPYTER_RUNTIME_DIR"),
    VIRTUAL_ENV: kernelFolderJob("VIRTUAL_ENV", "/share/jupyter", "--sys-prefix"),
    CONDA_PREFIX: kernelFolderJob("CONDA_PREFIX", "/share/jupyter", "--sys-prefix"),
    async JUPYTER_PATH(place) {
      const folder = `${place.elsewhere}/path`;
      await installKernel(place, { JUPYTER_DATA_DIR: folder });
      assert.match(await end(place, ["kernel", "list"], { JUPYTER_PATH: folder }), /^aipython: /);
    },
  },
};

/** Starts a kernel, does something with it, and ends it. */
function serve(
  { deno, command, environment, folder, elsewhere }: Workplace,
  use: (client: KernelClient) => Promise<void>,
  mode?: number,
): Promise<void> {
  const line = (file: string) => [deno, ...command("kernel", file, "--env-file", ".env")];
  return serveKernel({ folder: elsewhere, command: line, environment, cwd: folder, mode }, use);
}

const kernel: CommandJobs = {
  async whole(place) {
    await serve(place, (client) => runCellWithPicture(client, RED));
    assert.equal(place.model.requests.at(-1)?.body.model, MODEL);
  },
  variables: {
    JUPYTER_ALLOW_INSECURE_WRITES(place) {
      const environment = { ...place.environment, JUPYTER_ALLOW_INSECURE_WRITES: "true" };
      return serve({ ...place, environment }, () => Promise.resolve(), 0o644);
    },
  },
};

/** By the command. */
export const jobs: Readonly<Record<string, CommandJobs>> = {
  attach,
  check,
  health,
  run,
  repl,
  kernel,
  "kernel-install": kernelInstall,
};
