/**
 * The sources that `aipython run` accepts, and its messages about those that it cannot run.
 *
 * @module
 */

import assert from "node:assert/strict";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { openRunWorkspace } from "./run_process.ts";
import { latin1, notebook } from "./run_notebooks.ts";

Deno.test("aipython run exits with 2 and explains why a file cannot be run", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("empty.ipynb", "");
  await workspace.write("cut.ipynb", notebook("a").slice(0, -9));
  await workspace.write("new.ipynb", JSON.stringify({ nbformat: 5, cells: [] }));
  await workspace.write(
    "julia.ipynb",
    JSON.stringify({ nbformat: 4, metadata: { language_info: { name: "julia" } }, cells: [] }),
  );
  await workspace.writeBytes("latin1.py", latin1("a = 1\n'\xe4'"));
  await workspace.writeBytes("latin1.ipynb", latin1(notebook("'\xe4'")));
  await workspace.writeBytes("utf16.py", new Uint8Array([0xff, 0xfe, 0x31, 0]));
  await workspace.writeBytes("ascii.py", latin1("# coding: ascii\n'\xe4'"));
  await workspace.write("martian.py", "# coding: martian\n1");
  await workspace.write("binary.py", "\0\x01");
  await workspace.write("notes.txt", "x");
  await Deno.mkdir(`${workspace.folder}/folder.py`);
  const cases: [args: string[], message: RegExp, input?: string][] = [
    [[], /missing FILE: A notebook \(\.ipynb\), a Python file \(\.py\), or - for standard input/],
    [["missing.py"], /cannot read "missing\.py": there is no such file/],
    [["folder.py"], /cannot read "folder\.py": it is a folder/],
    [["notes.txt"], /cannot run "notes\.txt": expected a notebook \(\.ipynb\)/],
    [["empty.ipynb"], /the notebook is empty/],
    [["cut.ipynb"], /the notebook is not JSON/],
    [["new.ipynb"], /nbformat is 5: only formats up to 4/],
    [["julia.ipynb"], /this notebook is Julia, .*; give --any-language to run it/],
    [["binary.py"], /it is not text: it contains null bytes/],
    [["latin1.py"], /not text in UTF-8: byte 0xE4 on line 2, 8 bytes into the file; convert it with iconv -f/],
    [["latin1.ipynb"], /not text in UTF-8: byte 0xE4/],
    [["utf16.py"], /it is text in UTF-16, not in UTF-8; convert it with iconv -f UTF-16 -t UTF-8/],
    [["ascii.py"], /it is not text in ascii, the encoding that it declares/],
    [["martian.py"], /its encoding, martian, is not known/],
    [["-"], /cannot read standard input: the notebook is not JSON/, notebook("a").slice(0, -9)],
  ];
  for (const [args, message, input] of cases) {
    const { code, stdout: out, stderr: err } = await workspace.run(args, input);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, message);
  }
  assert.equal(workspace.server.requests.length, 0);
});

Deno.test("aipython run reads a Python file in the encoding that it declares", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  await workspace.writeBytes("a.py", latin1("#!/usr/bin/env python\n# -*- coding: latin-1 -*-\nprint('\xe4')"));
  assert.equal((await workspace.run(["a.py"])).code, 0);
  assert.match(JSON.stringify(workspace.server.requests[0].body), /print\('ä'\)/);
  assert.equal(workspace.server.requests[0].body.tools.length, 5, "a run without a terminal has no input tool");
});

Deno.test("aipython run --any-language runs a notebook that is not in Python", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  const metadata = { kernelspec: { name: "ir", display_name: "R", language: "R" }, language_info: { name: "R" } };
  const cells = [{ cell_type: "code", source: "1" }];
  await workspace.write("a.ipynb", JSON.stringify({ nbformat: 4, metadata, cells }));
  assert.equal((await workspace.run(["a.ipynb"])).code, 2);
  assert.equal(workspace.server.requests.length, 0);
  assert.equal((await workspace.run(["a.ipynb", "--any-language", "--output", "out.ipynb"])).code, 0);
  assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).metadata.kernelspec, metadata.kernelspec);
});
