/**
 * The jobs that each command must be able to do with its permission set, and those that show that it may read a variable.
 *
 * @module
 */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { openClient } from "../../support/notebook_client.ts";
import { keys, openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import { kernel, kernelInstall } from "./kernel_jobs.ts";
import { type CommandJobs, end, type Environment, type Job, MODEL, RED, type Workplace } from "./workplace.ts";

/** Matches a colour, and bold or dim text. */
// deno-lint-ignore no-control-regex -- the test looks for colours
const COLOR = /\x1b\[(?:3\d|[12])m/;

/** Runs the command in a terminal until it exits, and returns its output. `cell` is typed at the prompt. */
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

/** Creates a job that shows that a command reads `TERM`. The command must exit by itself. */
const termJob = (...args: string[]): Job => async (place) =>
  assert.doesNotMatch(await endInTerminal(place, args, { environment: { TERM: "dumb" } }), COLOR);

/**
 * Creates jobs that show which variables name the folder for pictures. Each variable is read only if those before it are not set.
 */
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

/** Runs a cell that was typed at the prompt, and returns the output. */
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

/** The jobs by command. */
export const jobs: Readonly<Record<string, CommandJobs>> = {
  attach,
  check,
  health,
  run,
  repl,
  kernel,
  "kernel-install": kernelInstall,
};
