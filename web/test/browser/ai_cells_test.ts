/**
 * AI cells on the page: asking, answers in deltas, stopping, converting, moving, deleting, and "Ask AI to fix". A client of the notebook
 * acts as the runtime, so that the test can pause at any point.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import type { NotebookClient } from "../../../test/support/notebook_client.ts";
import { lookAt } from "./look_at.ts";
import { openLog } from "./notebook_log.ts";
import { browserTest, cellOf, noFaults, type OpenSite, openSite, sources } from "./open_site.ts";

const SESSION = "assistant";

/** Takes over the notebook as a runtime that does or does not answer AI cells. */
function takeOver(client: NotebookClient, sessionId: string, canExecuteAi: boolean): void {
  client.clearRuntimes();
  client.store.commit(
    events.runtimeSessionStarted({
      sessionId,
      runtimeId: `runtime-${sessionId}`,
      runtimeType: "python",
      capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi },
    }),
    events.runtimeSessionStatusChanged({ sessionId, status: "ready" }),
  );
}

/** A request in the queue, from its start to its end. */
class Answering {
  readonly #client: NotebookClient;
  readonly #request: { queueId: string; cellId: string };
  #pieces = 0;

  private constructor(client: NotebookClient, request: { queueId: string; cellId: string }) {
    this.#client = client;
    this.#request = request;
  }

  /** Takes the next request. */
  static async begin(client: NotebookClient): Promise<Answering> {
    const [{ id: queueId, cellId }] = await client.until(
      tables.executionQueue.where({ status: "pending" }),
      (rows) => rows.length === 1,
    );
    client.store.commit(
      events.executionAssigned({ queueId, runtimeSessionId: SESSION }),
      events.executionStarted({ queueId, cellId, runtimeSessionId: SESSION, startedAt: new Date() }),
      events.cellOutputsCleared({ cellId, wait: false, clearedBy: `runtime-${SESSION}` }),
    );
    return new Answering(client, { queueId, cellId });
  }

  write(...pieces: string[]): void {
    const { cellId, queueId } = this.#request;
    this.#client.store.commit(...pieces.map((text): NotebookEvent => {
      const number = this.#pieces++;
      const outputId = `answer-${queueId}`;
      return number === 0
        ? events.markdownOutputAdded({ id: outputId, cellId, position: 0, content: inline(text) })
        : events.markdownOutputAppended2({
          id: `${outputId}-${number}`,
          outputId,
          delta: text,
          sequenceNumber: number,
        });
    }));
  }

  fail(ename: string, evalue: string): void {
    const { cellId, queueId } = this.#request;
    const content = errorContent({ ename, evalue, traceback: [`\x1b[31m${ename}\x1b[0m: ${evalue}`] });
    this.#client.store.commit(events.errorOutputAdded({ id: `error-${queueId}`, cellId, position: 1, content }));
    this.end("error");
  }

  end(status: "success" | "error" = "success"): void {
    this.#client.store.commit(
      events.executionCompleted({ ...this.#request, status, completedAt: new Date(), executionDurationMs: 1_200 }),
    );
  }

  get isCancelled(): Promise<unknown> {
    return this.#client.requestIs(this.#request.queueId, "cancelled");
  }
}

const ask = async (page: Page, question: string) => {
  await page.getByRole("button", { name: "Ask AI", exact: true }).click();
  await page.keyboard.insertText(question);
  await page.keyboard.press("Control+Enter");
};

browserTest("AI cells on the page", async (t) => {
  await using open: OpenSite = await openSite();
  const page = await open.openNew();
  await using second = await openLog(open.site, page);
  const { client } = second;
  await page.keyboard.insertText("1 / 0");
  takeOver(client, SESSION, true);

  await t.step("an answer is rendered as Markdown while it arrives", async () => {
    await ask(page, "Why is **that**?");
    const answering = await Answering.begin(client);
    const cell = page.getByRole("article", { name: "AI cell 2 of 2, running" });
    await cell.waitFor();
    answering.write("Because `1 / 0` ");
    const answer = cell.getByRole("log", { name: "Answer of cell 2" });
    await answer.locator("code", { hasText: "1 / 0" }).waitFor();
    answering.write("has *no", " value*.\n\n", "- a\n- b\n");
    await answer.locator("em", { hasText: "no value" }).waitFor();
    assert.equal(await answer.locator(".markdown").count(), 1, "the answer is a single text");
    assert.equal(await answer.getAttribute("aria-busy"), "true", "screen readers wait for the end of the answer");
    answering.end();
    await page.getByRole("article", { name: "AI cell 2 of 2", exact: true }).waitFor();
    assert.equal(await cellOf(page, 2).getByRole("log").getAttribute("aria-busy"), "false");
    assert.deepEqual(await cellOf(page, 2).locator("li").allInnerTexts(), ["a", "b"]);
  });

  await t.step("an AI cell has no execution number", async () => {
    const prompt = await cellOf(page, 2).locator(".cell-prompt").innerText();
    assert.match(prompt, /^AI:/);
    assert.doesNotMatch(prompt, /In|\[/);
    assert.equal(await cellOf(page, 2).getByText("Out[").count(), 0);
  });

  await t.step("a changed question is asked again, and the new answer replaces the old one", async () => {
    await page.getByRole("textbox", { name: "Question of cell 2" }).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("And now?");
    await cellOf(page, 2).getByRole("button", { name: "Run this cell" }).click();
    const answering = await Answering.begin(client);
    const [row] = client.store.query(tables.cells.where({ cellType: "ai" }));
    assert.equal(row.source, "And now?");
    answering.write("Now it is another one.");
    answering.end();
    await cellOf(page, 2).getByText("Now it is another one.").waitFor();
    assert.equal(await cellOf(page, 2).locator("em").count(), 0, "the first answer is replaced");
  });

  await t.step("a stopped AI cell keeps the part of the answer that has arrived", async () => {
    await cellOf(page, 2).getByRole("button", { name: "Run this cell" }).click();
    const answering = await Answering.begin(client);
    answering.write("Half of ");
    await cellOf(page, 2).getByText("Half of").waitFor();
    await cellOf(page, 2).getByRole("button", { name: "Stop this cell" }).click();
    await answering.isCancelled;
    await page.getByRole("status").getByText("Cell 2 was stopped.").waitFor();
    await cellOf(page, 2).getByText("Half of").waitFor();
  });

  await t.step("an answer can be cleared and restored", async () => {
    await cellOf(page, 2).hover();
    await cellOf(page, 2).getByRole("button", { name: "Clear its outputs" }).click();
    await cellOf(page, 2).getByText("Half of").waitFor({ state: "detached" });
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await cellOf(page, 2).getByText("Half of").waitFor();
  });

  await t.step("keys convert an AI cell to code, Markdown and back, and move it", async () => {
    await cellOf(page, 2).focus();
    await page.keyboard.press("y");
    await page.getByRole("article", { name: "Code cell 2 of 2" }).waitFor();
    await page.keyboard.press("m");
    await page.getByRole("article", { name: "Text cell 2 of 2" }).waitFor();
    await page.keyboard.press("q");
    await page.getByRole("article", { name: "AI cell 2 of 2" }).waitFor();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByRole("article", { name: "AI cell 1 of 2" }).waitFor();
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("article", { name: "AI cell 2 of 2" }).waitFor();
  });

  await t.step("a deleted AI cell is restored with its answer", async () => {
    await cellOf(page, 2).focus();
    await page.keyboard.press("d");
    await page.keyboard.press("d");
    await page.getByRole("article", { name: "Code cell 1 of 1" }).waitFor();
    await page.keyboard.press("z");
    await page.getByRole("article", { name: "AI cell 2 of 2" }).getByText("Half of").waitFor();
  });

  await t.step("Ask AI to fix adds a question below the failed cell", async () => {
    await cellOf(page, 1).focus();
    await page.keyboard.press("Control+Enter");
    const running = await Answering.begin(client);
    running.fail("ZeroDivisionError", "division by zero");
    await page.getByRole("article", { name: "Code cell 1 of 2, failed" }).waitFor();
    await cellOf(page, 1).getByRole("button", { name: "Ask AI to fix" }).press("Enter");
    const answering = await Answering.begin(client);
    await page.getByRole("article", { name: "AI cell 2 of 3, running" }).waitFor();
    const [, question] = await sources(page);
    assert.match(question, /^Fix the error:\s+```json\n\{\n {2}"ename": "ZeroDivisionError",\n/);
    answering.write("Divide by something else:\n\n```python\n1 / 1\n```\n");
    answering.end();
    await cellOf(page, 2).locator("pre", { hasText: "1 / 1" }).waitFor();
  });

  await t.step("a question that fails shows the reason without an offer to fix it", async () => {
    await cellOf(page, 3).getByRole("button", { name: "Run this cell" }).click();
    (await Answering.begin(client)).fail("RateLimitError", "Slow down.");
    await cellOf(page, 3).getByText("RateLimitError: Slow down.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Ask AI to fix" }).count(), 1);
  });

  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.keyboard.insertText("# A heading");
  await page.keyboard.press("Control+Enter");
  await lookAt(t, "a notebook with AI cells", page);

  await t.step("the page does not offer to ask AI if the runtime does not support it", async () => {
    takeOver(client, "without", false);
    await page.getByRole("button", { name: "Ask AI to fix" }).waitFor({ state: "detached" });
    assert.equal(await page.getByRole("button", { name: "Ask AI", exact: true }).count(), 0);
    takeOver(client, "with", true);
    await page.getByRole("button", { name: "Ask AI to fix" }).waitFor();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
