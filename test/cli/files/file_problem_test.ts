import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileProblem } from "../../../src/cli/files/file_problem.ts";

/** Returns the reason why an action fails in a folder that contains the file `file` and the folder `folder`. */
async function reason(access: "read" | "write", act: (folder: string) => void): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    writeFileSync(`${folder}/file`, "");
    mkdirSync(`${folder}/folder`);
    act(folder);
  } catch (error) {
    return fileProblem(error, access);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  throw new Error("nothing failed");
}

Deno.test("fileProblem() reports a missing file on reading, and a missing file or folder on writing", async () => {
  assert.equal(await reason("read", (folder) => readFileSync(`${folder}/none`)), "there is no such file");
  assert.equal(
    await reason("write", (folder) => writeFileSync(`${folder}/none/file`, "")),
    "there is no such file or folder",
  );
});

Deno.test("fileProblem() reports a folder where a file is expected, and a file where a folder is expected", async () => {
  assert.equal(await reason("read", (folder) => readFileSync(`${folder}/folder`)), "it is a folder");
  const inTheWay = "a part of the path is a file, not a folder";
  assert.equal(await reason("read", (folder) => readFileSync(`${folder}/file/none`)), inTheWay);
  assert.equal(await reason("write", (folder) => mkdirSync(`${folder}/file`, { recursive: true })), inTheWay);
});

Deno.test("fileProblem() returns the message of any other error", () => {
  assert.equal(fileProblem(new Error("the disk is on fire"), "write"), "the disk is on fire");
  assert.equal(fileProblem("no error", "read"), "no error");
});
