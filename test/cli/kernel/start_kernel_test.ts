/**
 * The command line of a kernelspec as front ends start it: in any folder, and without variables for AIPython.
 *
 * @module
 */

import assert from "node:assert/strict";
import { runCellWithPicture } from "../../support/kernel_client.ts";
import { answer, display, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { serveKernel } from "../../support/served_kernel.ts";
import { type KernelHome, openKernelHome } from "./kernel_home.ts";

/** Inserts the connection file into the command line, as a front end does. */
type Form = (argv: readonly string[], connectionFile: string) => string[];

/** The form of jupyter_client and most other front ends. */
const jupyter: Form = (argv, file) => argv.map((word) => word.replaceAll("{connection_file}", file));

/** VS Code's form for Python kernels: it removes `-f` and the word after it, and adds a flag at the end. */
const vsCode: Form = (argv, file) => {
  const position = argv.findIndex((word) => word.includes("{connection_file}"));
  const quoted = file.includes(" ") ? `"${file}"` : file;
  return [...argv.toSpliced(position - 1, 2), `--f=${quoted}`];
};

/** Starts a kernel in a folder with files that would change how Deno and the program work if they were read. */
async function start(home: KernelHome, argv: readonly string[]): Promise<{ code: number; stderr: string }> {
  const folder = `${home.folder}/notebooks`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/deno.json`, '{"imports": {"openai": "./evil.ts", "npm:openai@^7": "./evil.ts"}}');
  await Deno.writeTextFile(`${folder}/package.json`, '{"type": "commonjs", "dependencies": {"openai": "1"}}');
  await Deno.writeTextFile(`${folder}/evil.ts`, "throw new Error('evil')");
  await Deno.writeTextFile(`${folder}/.env`, "AIPYTHON_REASONING=evil\n");
  const [program, ...args] = argv;
  const { HOME, DENO_DIR, TMPDIR } = home.environment;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: folder,
    clearEnv: true,
    env: { HOME, DENO_DIR, TMPDIR, NO_COLOR: "1", LOG: "x", CI: "true" },
    stdin: "null",
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "");
  return { code, stderr: new TextDecoder().decode(stderr) };
}

for (const [name, form] of Object.entries({ Jupyter: jupyter, "VS Code": vsCode })) {
  Deno.test({
    name: `a kernel started by ${name} may read the env file and connection files in the folders of front ends`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using home = await openKernelHome();
      const envFile = await home.write("my key.env", "OPENAI_API_KEY=s3cret-key\n");
      const { code, stderr } = await home.kernel(["install", "--env-file", envFile]);
      assert.equal(code, 0, stderr);
      const { argv } = await home.spec();
      for (const folder of [`${home.folder}/.local/share/jupyter/runtime`, home.environment.TMPDIR]) {
        const file = `${folder}/kernel-1.json`;
        const ended = await start(home, form(argv, file));
        assert.equal(ended.code, 2, ended.stderr);
        assert.ok(
          ended.stderr.startsWith(`aipython: the connection file "${file}" cannot be read: there is no such file`),
          ended.stderr,
        );
      }
      const elsewhere = await start(home, form(argv, `${home.folder}/notebooks/deno.json`));
      assert.match(elsewhere.stderr, /the connection file .* cannot be read: Deno was not given the permission/);
    },
  });
}

Deno.test({
  name: "a kernel without an env file does not read .env in the notebook's folder",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using home = await openKernelHome();
    await home.kernel(["install", "--base-url", "http://127.0.0.1:1/v1"]);
    const { argv } = await home.spec();
    const file = `${home.environment.TMPDIR}/kernel-1.json`;
    const { stderr } = await start(home, jupyter(argv, file));
    assert.ok(
      stderr.startsWith(`aipython: the connection file "${file}" cannot be read: there is no such file`),
      stderr,
    );
  },
});

/** Returns copies of the command line, each without another item of its permission lists. */
function reductions(argv: readonly string[]): { missing: string; argv: string[] }[] {
  return argv.flatMap((word, index) => {
    const [, flag, values] = /^(--allow-(?:net|read)=)(.*)$/.exec(word) ?? [];
    if (flag === undefined) return [];
    return values.split(",").map((value, _, all) => ({
      missing: `${flag}${value}`,
      argv: argv.with(index, `${flag}${all.filter((other) => other !== value).join(",") || "nothing"}`),
    }));
  });
}

Deno.test({
  name: "a kernelspec contains exactly the permissions that a cell with a picture needs",
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    await using home = await openKernelHome();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><text x="9" y="9">hi</text></svg>';
    await using model = await startScriptedModel(answer(stdout("served\n"), display({ "image/svg+xml": svg })));
    const envFile = await home.write("my.env", "OPENAI_API_KEY=s3cret-key\n");
    const baseUrl = model.baseUrl.replace("127.0.0.1", "localhost");
    const { code, stderr } = await home.kernel(["install", "--env-file", envFile, "--base-url", baseUrl]);
    assert.equal(code, 0, stderr);
    const { argv } = await home.spec();
    const { HOME, DENO_DIR, TMPDIR } = home.environment;
    const runtime = `${home.folder}/.local/share/jupyter/runtime`;
    await Deno.mkdir(runtime, { recursive: true });
    const run = (line: readonly string[], folder: string) =>
      serveKernel({
        folder,
        command: (file) => jupyter(line, file),
        environment: { HOME, DENO_DIR, TMPDIR, NO_COLOR: "1", LOG: "x" },
        cwd: TMPDIR,
      }, (client) => runCellWithPicture(client, "served\n"));
    await t.step("the kernel works with a connection file in the runtime folder", () => run(argv, runtime));
    await t.step("the kernel works with a connection file in the temporary folder", () => run(argv, TMPDIR));
    for (const { missing, argv: less } of reductions(argv)) {
      await t.step(`the kernel fails without ${missing.replace(home.folder, "~")}`, async () => {
        await assert.rejects(run(less, missing.endsWith(TMPDIR) ? TMPDIR : runtime));
      });
    }
    await t.step("the kernel fails without --ignore-env", async () => {
      await assert.rejects(run(argv.filter((word) => word !== "--ignore-env"), runtime));
    });
  },
});

for (const hasAddress of [true, false]) {
  Deno.test({
    name: `an offline kernel that was installed with${hasAddress ? "" : "out"} --packages-url fetches ${
      hasAddress ? "packages from that URL" : "no packages"
    }`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using home = await openKernelHome();
      const asked: string[] = [];
      await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
        asked.push(new URL(url).pathname);
        return new Response(null, { status: 404 });
      });
      const address = `http://localhost:${server.addr.port}/`;
      const { code, stderr } = await home.kernel([
        "install",
        "--offline",
        ...hasAddress ? ["--packages-url", address] : [],
      ]);
      assert.equal(code, 0, stderr);
      const { argv } = await home.spec();
      const { HOME, DENO_DIR, TMPDIR } = home.environment;
      await serveKernel({
        folder: TMPDIR,
        command: (file) => jupyter(argv, file),
        environment: { HOME, DENO_DIR, TMPDIR, NO_COLOR: "1" },
        cwd: TMPDIR,
      }, async (client) => {
        const { reply } = await client.run("import soupsieve");
        assert.equal(reply.ename, "ModuleNotFoundError");
        assert.match(String(reply.evalue), hasAddress ? /localhost:\d+ answers 404/ : /started with --no-packages/);
      });
      assert.match(asked.join(), hasAddress ? /^\/soupsieve-[^,]*\.whl$/ : /^$/);
    },
  });
}

Deno.test({
  name: "aipython kernel explains what is wrong when its argument is not a connection file",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using home = await openKernelHome();
    const complaint = async (...args: string[]) => (await home.kernel(args)).stderr;
    assert.match(
      await complaint("instal"),
      /"instal" is not a connection file: did you mean aipython kernel install\?/,
    );
    assert.match(await complaint(), /missing CONNECTION_FILE: run aipython kernel install, and Jupyter passes one/);
    assert.match(await complaint("uninstall", "extra"), /unexpected argument "extra"/);
    assert.match(await complaint("k.json", "--stall-timeout=x"), /missing API key: [^]*wrong stall timeout "x"/);
    assert.match(
      await complaint("k.json", "--offline"),
      /the connection file "k\.json" cannot be read: there is no such file/,
    );
  },
});
