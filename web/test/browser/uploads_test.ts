/**
 * Uploading files on the page: choosing, dropping, listing, replacing, deleting, and reports of failures.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { lookAt } from "./look_at.ts";
import { openLog } from "./notebook_log.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, sources } from "./open_site.ts";

const reading = (name: string) => `df = pd.read_csv(${name})\ndf.head()`;

/** Chooses files as a person does. */
async function upload(page: Page, ...files: [name: string, content: string | Buffer<ArrayBuffer>][]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Upload a file" }).first().click(),
  ]);
  await chooser.setFiles(files.map(([name, content]) => ({
    name,
    mimeType: name.endsWith(".csv") ? "text/csv" : "",
    buffer: typeof content === "string" ? Buffer.from(content) : content,
  })));
}

async function openFiles(page: Page) {
  await page.getByRole("toolbar").getByRole("button", { name: "Files" }).click();
  return page.getByRole("dialog", { name: "Files" });
}

browserTest("uploading files on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode({ "read_csv": answer(result("   a  b")) }, answer()));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  await using second = await openLog(open.site, page);
  const { client, log } = second;

  await t.step("an uploaded table gets a cell that reads it, with the events of Anode's app", async () => {
    const begun = log.length;
    await upload(page, ["t.csv", "a,b\n1,2\n"]);
    await page.getByRole("status").getByText("Uploaded: t.csv.").waitFor();
    assert.deepEqual(await sources(page), ["", `import pandas as pd\n${reading("'t.csv'")}`]);
    await page.keyboard.press("Control+Enter");
    await promptIs(page, 2, /In \[1\]/);
    await cellOf(page, 2).getByText("a  b").waitFor();
    const [cell] = client.store.query(tables.cells.where({ cellType: "code" }).orderBy("fractionalIndex", "desc"));
    await client.until(tables.cells.where({ id: cell.id }), ([row]) => row?.executionState === "completed");
    const names = log.slice(begun).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 6), [
      "v1.FileUploaded",
      "v2.CellCreated",
      "v1.CellSourceChanged",
      "v1.CellSourceChanged",
      "v1.CellOutputsCleared",
      "v1.ExecutionRequested",
    ]);
  });

  await t.step("a dropped table is uploaded, and its text is not inserted into a cell", async () => {
    const dataTransfer = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["x\ty\n"], "dropped.tsv"));
      return transfer;
    });
    const before = page.url();
    await page.locator(".cm-content").first().dispatchEvent("drop", { dataTransfer });
    await page.getByRole("status").getByText("Uploaded: dropped.tsv.").waitFor();
    assert.equal((await sources(page)).at(-1), "df = pd.read_csv('dropped.tsv', sep='\\t')\ndf.head()");
    assert.equal(page.url(), before);
  });

  await t.step("a file with any name can be read by code and appears in the list", async () => {
    await upload(page, [`it's "x".csv`, "a\n"], [`${"n".repeat(500)}.csv`, "a\n"], ["<b>ä&.csv", "a\n"]);
    await page.getByRole("status").getByText("<b>ä&.csv.").waitFor();
    const added = (await sources(page)).slice(-3);
    assert.equal(added[0], reading(`'it\\'s "x".csv'`));
    assert.match(added[1], /^df = pd\.read_csv\('n{222}…n{28}\.csv'\)/);
    assert.equal(added[2], reading("'<b>ä&.csv'"));
    const dialog = await openFiles(page);
    await dialog.getByRole("link", { name: `it's "x".csv` }).waitFor();
    await dialog.getByRole("link", { name: "<b>ä&.csv" }).waitFor();
    assert.equal(await dialog.getByRole("listitem").count(), 5);
    await page.keyboard.press("Escape");
  });

  await t.step("the list shows size, type and time of a file, and saves it", async () => {
    const dialog = await openFiles(page);
    const item = dialog.getByRole("listitem").filter({ hasText: "t.csv" }).last();
    await item.getByText(/^8 bytes · text\/csv · \w+ \d+, \d{4}/).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      item.getByRole("link", { name: "t.csv" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "t.csv");
    assert.equal(await new Response(ReadableStream.from(await file.createReadStream())).text(), "a,b\n1,2\n");
  });

  await t.step("Undo restores a deleted file, also by keyboard", async () => {
    const dialog = page.getByRole("dialog", { name: "Files" });
    await dialog.getByRole("button", { name: "Delete t.csv" }).press("Enter");
    await dialog.getByRole("status").getByText("“t.csv” was deleted.").waitFor();
    assert.equal(await dialog.getByRole("link", { name: "t.csv", exact: true }).count(), 0);
    await client.until(tables.files.where({ fileName: "t.csv" }), ([row]) => row?.deletedAt !== null);
    await dialog.getByRole("button", { name: "Undo" }).press("Enter");
    await dialog.getByRole("link", { name: "t.csv", exact: true }).waitFor();
    await client.until(tables.files.where({ fileName: "t.csv" }), ([row]) => row?.deletedAt === null);
  });

  await t.step("a file replaces the file with the same name", async () => {
    const dialog = page.getByRole("dialog", { name: "Files" });
    const cells = (await sources(page)).length;
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      dialog.getByRole("button", { name: "Upload a file" }).click(),
    ]);
    await chooser.setFiles({ name: "t.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n") });
    await dialog.getByRole("listitem").filter({ hasText: "4 bytes · text/csv" }).waitFor();
    assert.equal(await dialog.getByRole("listitem").count(), 5);
    await page.keyboard.press("Escape");
    assert.equal((await sources(page)).length, cells);
  });

  await t.step(
    "a too large or empty file is refused with the reason, and the next file is uploaded",
    async () => {
      await upload(page, ["big.csv", Buffer.alloc(17 * 1024 * 1024)], ["none.csv", ""], ["small.txt", "x"]);
      const alert = page.getByRole("main").getByRole("alert");
      await alert.getByText("“big.csv” was not uploaded: it has 17.0 MiB, and a file may have 16 MiB.").waitFor();
      await alert.getByText("“none.csv” was not uploaded: it is empty.").waitFor();
      await page.getByRole("status").getByText("Uploaded: small.txt.").waitFor();
    },
  );

  await t.step("the server's reason for a failed upload is shown", async () => {
    const route = "**/api/notebooks/*/artifacts";
    await page.route(route, (request) => request.fulfill({ status: 507, json: { error: "The disk is full." } }));
    await upload(page, ["full.csv", "a\n"]);
    await page.getByRole("main").getByRole("alert").getByText("“full.csv” was not uploaded: The disk is full.")
      .waitFor();
    await page.unroute(route);
    open.faults.splice(0, open.faults.length, ...open.faults.filter((fault) => !/status of 507/.test(fault)));
  });

  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.keyboard.insertText("# A heading");
  await page.keyboard.press("Control+Enter");
  const dialog = await openFiles(page);
  await dialog.getByRole("button", { name: "Delete small.txt" }).click();
  await dialog.getByRole("button", { name: "Undo" }).waitFor();
  await lookAt(t, "the list of files", page);
  await page.keyboard.press("Escape");
  await lookAt(t, "a notebook with files", page);

  await t.step("no page reported an error", () => noFaults(open));
});
