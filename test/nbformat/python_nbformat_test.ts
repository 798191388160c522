/**
 * Checks that Jupyter's own reader accepts the notebooks that we write. Needs Debian's `python3-nbformat`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";
import { writeNotebook } from "../../src/nbformat/write_notebook.ts";
import { notebookKinds } from "./notebook_kinds.ts";

const CHECK = `
import sys, warnings, nbformat
warnings.simplefilter("error")
for path in sys.argv[1:]:
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
`;

/** Finds a Python that has nbformat. */
async function findPython(): Promise<string | undefined> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const { success } = await new Deno.Command(python, { args: ["-c", "import nbformat"], stderr: "null" }).output();
      if (success) return python;
    } catch {
      // The program does not exist.
    }
  }
}

const python = await findPython();

Deno.test({
  name: "Jupyter reads every kind of notebook that we write without a warning",
  ignore: python === undefined,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const paths = Object.entries(notebookKinds).map(([name, text]) => {
        let ids = 0;
        const path = `${folder}/${name}.ipynb`;
        Deno.writeTextFileSync(path, writeNotebook(readNotebook(text), () => `cell-${++ids}`).text);
        return path;
      });
      const { success, stderr } = await new Deno.Command(python!, { args: ["-c", CHECK, ...paths] }).output();
      assert(success, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
