/**
 * A file, a question about it, an error and its fix, on the page with its server's agent. The model server is scripted, and its answers
 * follow the rules of a real model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { answer, error, gate, result, text } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { openLog } from "./notebook_log.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";

const scripts = {
  "division by zero": answer(text("Divide by one:\n\n```python\n1 / 1\n```\n")),
  "1 / 0": answer(error("ZeroDivisionError", "division by zero", ["line 1", "ZeroDivisionError: division by zero"])),
  "How many rows": answer(text("There is **one"), gate("half"), text(" row**.")),
  "Forever": answer(text("It begins"), gate("never")),
  "read_csv": answer(result("   a  b\n0  1  2")),
};

browserTest("files and AI cells with the page's own agent", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  await using second = await openLog(open.site, page);
  const { log } = second;

  await t.step("an uploaded file is read by a cell, and the model receives a description of the file", async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Upload a file" }).first().click(),
    ]);
    await chooser.setFiles({ name: "t.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
    await page.getByRole("textbox", { name: "Code of cell 2" }).getByText("read_csv").waitFor();
    await page.keyboard.press("Control+Enter");
    await cellOf(page, 2).getByText("Out[1]:").waitFor();
    const prompt = model.requests.at(-1)!.body.messages.map(({ content }: { content: string }) => content).join("\n");
    assert.match(prompt, /File "t\.csv": 8 bytes, CSV, 2 columns[^\n]*\n\| a,b\n\| 1,2\n/);
  });

  await t.step(
    "the answer to a question appears while the model writes it, with the events of Anode's app",
    async () => {
      await page.getByRole("button", { name: "Ask AI", exact: true }).click();
      await page.keyboard.insertText("How many rows are there?");
      await page.keyboard.press("Control+Enter");
      await model.reached("half");
      const shown = cellOf(page, 3).getByRole("log", { name: "Answer of cell 3" });
      await shown.getByText("There is **one").waitFor();
      await page.reload();
      await shown.getByText("There is **one").waitFor();
      model.open("half");
      await shown.locator("strong", { hasText: "one row" }).waitFor();
      await page.getByRole("article", { name: "AI cell 3 of 3", exact: true }).waitFor();
      assert.match(JSON.stringify(model.requests.at(-1)!.body.messages), /read_csv\('t\.csv'\)/);
      await second.client.until(
        tables.executionQueue.where({ status: "completed" }),
        (rows) => rows.length === 2,
      );
      // The source is committed with the run or after a pause in the typing. Deltas that arrive together are one event.
      const names = log.map(({ name }) => name).filter((name) =>
        !/Session|NotebookMetadataSet|SourceChanged/.test(name)
      );
      const run = names.slice(names.lastIndexOf("v1.ExecutionRequested") - 1);
      assert.deepEqual(run.filter((name, index) => name !== run[index - 1]), [
        "v1.CellOutputsCleared",
        "v1.ExecutionRequested",
        "v1.ExecutionAssigned",
        "v1.ExecutionStarted",
        "v1.CellOutputsCleared",
        "v1.MarkdownOutputAdded",
        "v2.MarkdownOutputAppended",
        "v1.ExecutionCompleted",
      ]);
    },
  );

  await t.step("Ask AI to fix answers below the failed cell", async () => {
    await page.getByRole("button", { name: "Code", exact: true }).click();
    await page.keyboard.insertText("1 / 0");
    await page.keyboard.press("Control+Enter");
    await promptIs(page, 4, /In \[2\]/);
    await cellOf(page, 4).getByRole("button", { name: "Ask AI to fix" }).click();
    await cellOf(page, 5).locator("pre", { hasText: "1 / 1" }).waitFor();
    assert.match(JSON.stringify(model.requests.at(-1)!.body.messages), /raised by this cell/);
  });

  await t.step("a question can be stopped", async () => {
    await page.getByRole("button", { name: "Ask AI", exact: true }).click();
    await page.keyboard.insertText("Forever?");
    await page.keyboard.press("Control+Enter");
    await model.reached("never");
    await cellOf(page, 6).getByText("It begins").waitFor();
    await cellOf(page, 6).getByRole("button", { name: "Stop this cell" }).click();
    await page.getByRole("status").getByText("Cell 6 was stopped.").waitFor();
  });

  await t.step("AI cells do not use an execution number", async () => {
    await page.getByRole("button", { name: "Code", exact: true }).click();
    await page.keyboard.insertText("6 * 7");
    await page.keyboard.press("Control+Enter");
    await promptIs(page, 7, /In \[3\]/);
  });

  await t.step("the downloaded file and the web page contain the questions and their answers", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download .ipynb" }).click(),
    ]);
    const { cells } = validNotebook(await new Response(ReadableStream.from(await file.createReadStream())).text());
    const marked = cells.flatMap((
      { metadata, source }: { metadata: { aipython?: { ai?: string } }; source: string[] },
    ) => metadata.aipython?.ai === undefined ? [] : [[metadata.aipython, source.join("")]]);
    assert.deepEqual(
      marked.slice(0, 2).map((
        [mark, source]: [{ ai: string; model?: string }, string],
      ) => [mark.ai, mark.model, source]),
      [
        ["question", "scripted", "How many rows are there?"],
        ["answer", undefined, "There is **one row**."],
      ],
    );
    await page.getByRole("button", { name: "Save a copy" }).click();
    const [copy] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Web page (.html)" }).click(),
    ]);
    const html = await new Response(ReadableStream.from(await copy.createReadStream())).text();
    assert.match(html, /How many rows are there\?[^]*There is <strong>one row<\/strong>/);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
