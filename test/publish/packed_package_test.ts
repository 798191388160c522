import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { runToEnd } from "../cli/command_process.ts";
import { modelEnvironment, runPermissions } from "../cli/run/run_process.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, display, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { installedFlags, packPackage } from "./packed_package.ts";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><text x="9" y="9">hi</text></svg>`;

Deno.test("the package that would be published works", async (t) => {
  await using packed = await packPackage();
  const { files, script } = packed;
  await using model = await startScriptedModel(answer(stdout("served\n"), display({ "image/svg+xml": svg })));
  const options = { script, denoFlags: installedFlags };

  await t.step("the package contains the documents that its readers need", () => {
    const documents = files.filter((file) => !file.endsWith(".ts") && !file.startsWith("docs/"));
    assert.ok(files.includes("docs/README.md"));
    const wanted = ["ARCHITECTURE", "CHANGELOG", "README", "RELIABILITY", "SECURITY"].map((name) => `${name}.md`);
    assert.deepEqual(
      documents.toSorted(),
      [
        ...wanted,
        "LICENSE",
        "deno.json",
        "src/nbformat/nbformat.v4.5.schema.LICENSE",
        "src/nbformat/nbformat.v4.5.schema.json",
        "src/notebook/livestore/README.md",
      ].toSorted(),
    );
  });

  await t.step("the package's command prints its usage and its version", async () => {
    const help = await runToEnd(["--help"], options);
    assert.match(help.stdout, /^Usage: aipython /, help.stderr);
    const { stdout } = await runToEnd(["--version"], options);
    assert.equal(stdout, `${config.version}\n`);
  });

  await t.step("the package's command runs a file", async () => {
    const directory = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${directory}/cell.py`, "print('served')\n");
      const { code, stdout, stderr } = await runToEnd(["run", "cell.py", "--output", "out.ipynb"], {
        ...options,
        directory,
        environment: { ...modelEnvironment(model), TMPDIR: directory },
        permissions: runPermissions,
      });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^served\n\[picture: .*cell-1-1\.png\]\n$/);
      assert.match(await Deno.readTextFile(`${directory}/out.ipynb`), /"image\/png"/);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });

  await t.step("the package's command serves a notebook", async () => {
    await using server = await startSyncServer();
    const notebook = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
    await using person = await openClient(notebook);
    await using command = new RunningCommand({
      ...options,
      environment: {
        ...modelEnvironment(model),
        LIVESTORE_SYNC_URL: notebook.syncUrl,
        AUTH_TOKEN: notebook.authToken,
        NOTEBOOK_ID: notebook.notebookId,
      },
    });
    await command.attached;
    const cell = person.addCell("plot()");
    await person.requestIs(person.run(cell), "completed");
    const [text, picture] = person.outputs(cell);
    assert.equal(text.data, "served\n");
    assert.deepEqual(Object.keys(picture.representations!).sort(), ["image/svg+xml", "text/plain"]);
    command.kill("SIGTERM");
    assert.equal((await command.end()).code, 143);
  });

  await t.step("the package's command reports that the offline model needs a clone", async () => {
    const { code, stderr } = await runToEnd(["run", "-", "--offline"], {
      ...options,
      permissions: runPermissions,
      input: "2 + 3",
    });
    assert.notEqual(code, 0);
    assert.match(stderr, /the offline model is not part of the installed package: clone the project/);
  });
});
