/**
 * Permissions of the files that an evaluation writes: those of the umask, or those of an existing file.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { type ProcessResult, runToEnd } from "../cli/command_process.ts";
import { temporaryFolder } from "./eval_process.ts";

const script = new URL("../../eval/main.ts", import.meta.url);
const permissions = ["--allow-write", "--allow-run"];
const files = ["results/out.json", "results/out.answers.jsonl", "results/out.html"];

const modesIn = (folder: string, paths: readonly string[]) =>
  paths.map((path) => (Deno.statSync(`${folder}/${path}`).mode! & 0o777).toString(8));

Deno.test("an evaluation creates files by the umask and keeps the permissions of existing files", async () => {
  for (const [umask, folderMode, mode] of [["027", "750", "640"], ["077", "700", "600"], ["002", "775", "664"]]) {
    await using folder = await temporaryFolder();
    await using server = await startScriptedModel(answer(result("2")));
    const rows = ["a", "b"].map((id) =>
      JSON.stringify({ code: "def f(x):\n    return 2", input: "1", output: "2", id })
    );
    await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.join("\n"));
    const args = [
      "rows.jsonl",
      "--base-url",
      server.baseUrl,
      "--api-key",
      "sk-test",
      "--out",
      files[0],
      "--html",
      files[2],
    ];
    const evaluate = (...more: string[]): Promise<ProcessResult> =>
      runToEnd([...args, ...more], { script, permissions, directory: folder.path, umask });
    const { code, stderr } = await evaluate();
    assert.equal(code, 0, stderr);
    assert.deepEqual(modesIn(folder.path, ["results", ...files]), [folderMode, mode, mode, mode]);

    for (const path of files) await Deno.chmod(`${folder.path}/${path}`, 0o606);
    assert.equal((await evaluate("--fresh")).code, 0);
    assert.deepEqual(modesIn(folder.path, files), ["606", "606", "606"]);
  }
});
