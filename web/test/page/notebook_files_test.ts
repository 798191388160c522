/**
 * Uploaded files: the events, the cell that reads a file, and names of files.
 *
 * @module
 */

import assert from "node:assert/strict";
import { uploadArtifact } from "../../../src/notebook/output/artifacts.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { NotebookFiles } from "../../page/actions/notebook_files.ts";
import { dataFileName, dataFileType, readingCode } from "../../page/file/data_file.ts";
import { files } from "../../page/store/queries.ts";
import { type PageNotebook, withPageNotebook } from "./page_notebook.ts";

const csv = (name = "t.csv", text = "a,b\n1,2\n", type = "text/csv") => new File([text], name, { type });

Deno.test("a notebook's uploaded files", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken, apiUrl } = server;

  const withFiles = (
    sources: string[],
    test: (page: PageNotebook & { uploads: NotebookFiles; sources(): string[] }) => Promise<void>,
  ) =>
    withPageNotebook(server, sources, (page) => {
      const { notebook, notebookId, actions } = page;
      const upload = async (mimeType: string, bytes: Uint8Array<ArrayBuffer>) =>
        (await uploadArtifact({ syncUrl, authToken, notebookId, mimeType, bytes })).artifactId;
      const uploads = new NotebookFiles({ notebook, actions, userId: "ada", upload });
      return test({ ...page, uploads, sources: () => actions.cells.map(({ source }) => source) });
    });

  await t.step(
    "uploading a table writes the file, a cell that reads it, and the cell's source",
    () =>
      withFiles(["1", "2"], async ({ uploads, written, sources }) => {
        const begun = Date.now();
        const id = await uploads.add(csv(), 1);
        const [uploaded, created, changed, ...rest] = await written();
        const { artifactId, createdAt, ...args } = uploaded.args as Record<string, string>;
        assert.deepEqual([uploaded.name, args], [
          "v1.FileUploaded",
          { fileName: "t.csv", mimeType: "text/csv", createdBy: "ada" },
        ]);
        assert.ok(Date.parse(createdAt) >= begun);
        const kept = await fetch(new URL(`/api/artifacts/${artifactId}`, apiUrl));
        assert.deepEqual([kept.headers.get("content-type"), await kept.text()], ["text/csv", "a,b\n1,2\n"]);
        assert.deepEqual([created.name, (created.args as { cellType: string }).cellType], ["v2.CellCreated", "code"]);
        const source = "import pandas as pd\ndf = pd.read_csv('t.csv')\ndf.head()";
        assert.deepEqual([changed.name, changed.args], ["v1.CellSourceChanged", { id, source, modifiedBy: "ada" }]);
        assert.deepEqual(rest, [], "the cell is not run");
        assert.deepEqual(sources(), ["1", source, "2"]);
      }),
  );

  await t.step(
    "pandas is imported only if no cell above imports it",
    () =>
      withFiles(["import pandas as pd", "x"], async ({ uploads, sources }) => {
        await uploads.add(csv("above.csv"), 2);
        await uploads.add(csv("below.tsv", "a\tb\n", ""), 0);
        assert.deepEqual(sources(), [
          "import pandas as pd\ndf = pd.read_csv('below.tsv', sep='\\t')\ndf.head()",
          "import pandas as pd",
          "x",
          "df = pd.read_csv('above.csv')\ndf.head()",
        ]);
      }),
  );

  await t.step(
    "a file that is not a table gets no cell and a type by its name",
    () =>
      withFiles(["1"], async ({ uploads, notebook, sources }) => {
        assert.equal(await uploads.add(csv("notes.txt", "hello", ""), 1), undefined);
        assert.equal(await uploads.add(csv("model.bin", "\0\x01", ""), 1), undefined);
        const rows = notebook.query(files).map(({ fileName, mimeType }) => [fileName, mimeType]);
        assert.deepEqual(rows.sort(), [["model.bin", "application/octet-stream"], ["notes.txt", "text/plain"]]);
        assert.deepEqual(sources(), ["1"]);
      }),
  );

  await t.step(
    "a file replaces the file of the same name and adds no second cell",
    () =>
      withFiles([], async ({ uploads, notebook, sources }) => {
        await uploads.add(csv(), 0);
        const [before] = notebook.query(files);
        await uploads.add(csv("t.csv", "a,b\n3,4\n"), 0);
        const rows = notebook.query(files);
        assert.equal(rows.length, 1);
        assert.notEqual(rows[0].artifactId, before.artifactId);
        assert.equal(sources().length, 1);
      }),
  );

  await t.step(
    "a deleted file can be restored unchanged",
    () =>
      withFiles([], async ({ uploads, notebook, written }) => {
        await uploads.add(csv("t.txt"), 0);
        const [file] = notebook.query(files);
        uploads.delete("t.txt");
        assert.deepEqual(notebook.query(files), []);
        uploads.restore(file);
        assert.deepEqual(notebook.query(files), [file]);
        const log = await written();
        assert.deepEqual(log.map(({ name }) => name), ["v1.FileUploaded", "v2.FileDeleted", "v1.FileUploaded"]);
        assert.equal((log[1].args as { fileName: string }).fileName, "t.txt");
        assert.deepEqual(log[2].args, log[0].args);
      }),
  );

  await t.step(
    "restoring a file keeps the URL that another client has given it",
    () =>
      withFiles([], async ({ uploads, notebook, written }) => {
        notebook.commit(events.fileUploaded({
          artifactId: "a",
          mimeType: "text/csv",
          fileName: "t.csv",
          createdAt: new Date(0),
          createdBy: "bob",
          fileUrl: "https://files.example/t",
        }));
        const [file] = notebook.query(files);
        uploads.delete("t.csv");
        uploads.restore(file);
        const log = await written();
        assert.deepEqual(log[2].args, log[0].args);
      }),
  );

  const refusals: [what: string, file: File, reason: RegExp][] = [
    ["too large", csv("big.csv", "x".repeat(17 * 1024 * 1024)), /it has 17\.0 MiB, and a file may have 16 MiB\. Split/],
    ["empty", csv("none.csv", ""), /it is empty/],
    [
      "a folder",
      Object.assign(csv("folder"), { arrayBuffer: () => Promise.reject(new DOMException("no", "NotFoundError")) }),
      /it cannot be read: it is a folder/,
    ],
  ];
  for (const [what, file, reason] of refusals) {
    await t.step(
      `a file that is ${what} is refused with the reason, and nothing is written`,
      () =>
        withFiles([], async ({ uploads, written }) => {
          await assert.rejects(uploads.add(file, 0), { message: reason });
          assert.deepEqual(await written(), []);
        }),
    );
  }

  await t.step("a file of exactly 16 MiB is accepted", () =>
    withFiles([], async ({ uploads, notebook }) => {
      await uploads.add(csv("large.bin", "x".repeat(16 * 1024 * 1024), ""), 0);
      assert.equal(notebook.query(files).length, 1);
    }));

  await t.step(
    "the server's reason for a failed upload is reported, and nothing is written",
    () =>
      withPageNotebook(server, [], async ({ notebook, actions, written }) => {
        const upload = () => Promise.reject(new Error("The disk is full."));
        const uploads = new NotebookFiles({ notebook, actions, userId: "ada", upload });
        await assert.rejects(uploads.add(csv(), 0), /The disk is full\./);
        assert.deepEqual(await written(), []);
      }),
  );
});

Deno.test("a file name is normalized to a single line that a cell can contain", async (t) => {
  const names: [given: string, name: string, code: string][] = [
    ["t.csv", "t.csv", "'t.csv'"],
    ['it\'s "t".csv', 'it\'s "t".csv', "'it\\'s \"t\".csv'"],
    ["a\nb\r\n.csv", "a_b_.csv", "'a_b_.csv'"],
    ["..\\..\\t.csv", ".._.._t.csv", "'.._.._t.csv'"],
    ["a/b.csv", "a_b.csv", "'a_b.csv'"],
    ["größe 表.CSV", "größe 表.CSV", "'größe 表.CSV'"],
    ["  t.csv ", "t.csv", "'t.csv'"],
    ["a\u2028b\0c.csv", "a_b_c.csv", "'a_b_c.csv'"],
  ];
  for (const [given, name, literal] of names) {
    await t.step(JSON.stringify(given), () => {
      assert.equal(dataFileName(given), name);
      assert.match(readingCode(name, [])!, /^import pandas as pd\ndf = pd\.read_csv\(.*\)\ndf\.head\(\)$/);
      assert.ok(readingCode(name, [])!.includes(`(${literal})`));
    });
  }

  await t.step("an empty name or one that consists of dots is replaced", () => {
    for (const given of ["", " ", ".", "..", "\n"]) assert.match(dataFileName(given), /^(file|_)$/);
  });

  await t.step("a name of 500 characters is shortened without splitting a surrogate pair", () => {
    for (const character of ["a", "\u{1f600}"]) {
      const name = dataFileName(`${character.repeat(500)}.csv`);
      assert.equal([...name].length, 255);
      assert.ok(name.isWellFormed() && name.endsWith(".csv") && name.includes("…"), name);
      assert.ok(readingCode(name, []));
    }
  });

  await t.step("an unknown extension gets the general type and no cell", () => {
    for (const name of ["t.constructor", "t", "t.__proto__"]) {
      assert.equal(dataFileType({ name, type: "" }), "application/octet-stream");
      assert.equal(readingCode(name, []), undefined);
    }
  });
});
