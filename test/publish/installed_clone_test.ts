import assert from "node:assert/strict";
import { permissionSets } from "../cli/permissions/clone.ts";
import { jobs } from "../cli/permissions/jobs.ts";
import { permissionFlags } from "../cli/permissions/permission_flags.ts";
import { openWorkshop, type Workshop } from "../cli/permissions/workshop.ts";
import { readInstallLine } from "../support/install_line.ts";

const repository = new URL("../../", import.meta.url);
const page = await Deno.readTextFile(new URL("docs/install.md", repository));

/** A folder in which the command is installed from this clone. */
interface Installation extends AsyncDisposable {
  /** Returns Deno's arguments that run the command, as the installed script has them. */
  command(...args: string[]): string[];
}

/**
 * Installs the command with the line of `docs/install.md`.
 *
 * `deno install` copies the configuration to `bin/.aipython` and writes a script that runs the program with the copy.
 * It also asks the registry for the newest versions in spite of the lock file. This function does the same with the
 * locked versions.
 *
 * @param further flags to add to the line
 */
async function installClone(...further: string[]): Promise<Installation> {
  const { permissions, words } = await readInstallLine(page);
  const { config, script, deno } = splitWords(words);
  const root = await Deno.realPath(await Deno.makeTempDir());
  const copy = `${root}/bin/.aipython`;
  await Deno.mkdir(copy, { recursive: true });
  await Deno.copyFile(new URL(config, repository), `${copy}/deno.json`);
  await Deno.copyFile(new URL("deno.lock", repository), `${copy}/deno.lock`);
  const program = new URL(script, repository).href;
  const flags = [...deno, ...permissions, ...further, "--config", `${copy}/deno.json`];
  return {
    command: (...args) => ["run", ...flags, program, ...args],
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Splits the words of the install line into the configuration, the script and Deno's flags. */
function splitWords(words: readonly string[]): { config: string; script: string; deno: string[] } {
  const text = words.join(" ");
  const [, , config, script] = /^install --global (.*) --config (\S+) (\S+)$/.exec(text) ?? assert.fail(text);
  return { config, script, deno: words.filter((word) => word === "--quiet" || word === "--no-prompt") };
}

/** Runs the offline model with the installed command, without a terminal. */
async function runOffline({ command }: Installation): Promise<{ code: number; stdout: string; stderr: string }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/eggs.py`, "print('Two kinds of eggs.')\n5 + 10\n");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: command("run", "eggs.py", "--offline"),
      cwd: folder,
      env: { NO_COLOR: "1", TMPDIR: folder },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the install line grants exactly the permissions of all the commands' permission sets", async () => {
  const { permissions, words } = await readInstallLine(page);
  assert.deepEqual(permissions.toSorted(), permissionFlags(...Object.values(permissionSets)));
  assert.ok(words.includes("--no-prompt"));
});

Deno.test("the command that the install line installs from a clone does all jobs in another folder", async (t) => {
  await using installation = await installClone();
  await using workshop: Workshop = await openWorkshop({});
  for (const [name, { whole, variables }] of Object.entries(jobs)) {
    const place = { ...await workshop.place(""), command: installation.command };
    await t.step(`aipython ${name} does its whole job`, () => whole(place));
    for (const [variable, job] of Object.entries(variables)) {
      await t.step(`aipython ${name} reads ${variable}`, () => job(place));
    }
  }
});

Deno.test("a command installed without the clone's deno.json reports what is missing", async () => {
  const root = await Deno.makeTempDir();
  try {
    // The configuration that `deno install` writes if none is given.
    await Deno.writeTextFile(`${root}/deno.json`, '{ "workspace": [] }');
    for (const args of [["run", "-"], ["--notebook", "n", "--auth-token", "t"], ["repl"]]) {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", "--config", `${root}/deno.json`, `${repository.href}bin/aipython.ts`, ...args],
        cwd: root,
        env: { NO_COLOR: "1", OPENAI_API_KEY: "none" },
        stdin: "null",
      }).output();
      const complaint = new TextDecoder().decode(stderr);
      assert.equal(code, 1, complaint);
      assert.match(
        complaint,
        /installed without the deno\.json of its checkout; install it again from the checkout/,
      );
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("the installed command reports the permission that the offline model lacks, and runs it with the permission", async () => {
  await using least = await installClone();
  const refused = await runOffline(least);
  assert.deepEqual([refused.code, refused.stdout], [1, ""]);
  assert.match(refused.stderr, /the offline model runs in separate processes, .* --allow-run/);
  await using more = await installClone("--allow-run");
  const { code, stdout, stderr } = await runOffline(more);
  assert.deepEqual([code, stdout], [0, "Two kinds of eggs.\n15\n"], stderr);
});
