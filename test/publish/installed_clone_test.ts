import assert from "node:assert/strict";
import { parseArgs } from "node:util";

const repository = new URL("../../", import.meta.url);

/** A folder in which the command of this clone is installed, and another one to call it from. */
interface Installation extends AsyncDisposable {
  /** Runs the command to its end. */
  run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/**
 * Installs the command with the README's line for a clone.
 *
 * `deno install` copies the configuration to `bin/.aipython` and writes a script that runs the program with the copy. It also asks
 * the registry for the newest versions, whatever the lock file says, so this does the same by itself, with the lock file.
 */
async function installClone(): Promise<Installation> {
  const { deno, config, script } = await readInstallLine();
  const root = await Deno.realPath(await Deno.makeTempDir());
  const copy = `${root}/bin/.aipython`;
  await Deno.mkdir(copy, { recursive: true });
  await Deno.copyFile(new URL(config, repository), `${copy}/deno.json`);
  await Deno.copyFile(new URL("deno.lock", repository), `${copy}/deno.lock`);
  const elsewhere = `${root}/elsewhere`;
  await Deno.mkdir(elsewhere);
  await Deno.writeTextFile(`${elsewhere}/eggs.py`, "print('Two kinds of eggs.')\n5 + 10\n");
  return {
    async run(...args) {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", ...deno, "--config", `${copy}/deno.json`, new URL(script, repository).href, ...args],
        cwd: elsewhere,
        env: { NO_COLOR: "1", TMPDIR: elsewhere },
        stdin: "null",
      }).output();
      const decoder = new TextDecoder();
      return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Reads what the README's line for a clone installs, with which configuration, and what it hands on to `deno run`. */
async function readInstallLine(): Promise<{ deno: string[]; config: string; script: string }> {
  const readme = await Deno.readTextFile(new URL("README.md", repository));
  const [, line] = /^npm install --global deno && deno install (.*)$/m.exec(readme) ?? assert.fail("no line");
  const { values, positionals, tokens } = parseArgs({
    args: line.split(" "),
    options: {
      global: { type: "boolean" },
      force: { type: "boolean" },
      config: { type: "string" },
      name: { type: "string" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  assert.deepEqual([values.global, values.name, positionals.length], [true, "aipython", 1]);
  const own = ["global", "force", "config", "name"];
  const deno = tokens.flatMap((token) => token.kind === "option" && !own.includes(token.name) ? [token.rawName] : []);
  return { deno, config: String(values.config), script: positionals[0] };
}

Deno.test("the command that the README's line installs from a clone works in another folder, offline too", async () => {
  await using installation = await installClone();
  const help = await installation.run("--help");
  assert.match(help.stdout, /^Usage: aipython /, help.stderr);
  const { code, stdout, stderr } = await installation.run("run", "eggs.py", "--offline");
  assert.deepEqual([code, stdout], [0, "Two kinds of eggs.\n15\n"], stderr);
});
