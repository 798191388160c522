/**
 * Notebook files and the list of notebooks: the gallery, opening, dropping, downloading, deleting.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { plot } from "../../../test/media/pictures.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { answer, display, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  figureIn,
  modelFrom,
  noFaults,
  openSite,
  promptIs,
  run,
  sizeOf,
  sources,
} from "./open_site.ts";

const figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5"/></svg>';

/** A figure that is wider than the page, and has no description. */
const wide =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="400"><rect width="4000" height="400"/></svg>';

const file = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Dropped"] },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      execution_count: 7,
      source: ["1 / 0"],
      outputs: [
        { output_type: "display_data", data: { "image/svg+xml": [figure] }, metadata: {} },
        { output_type: "display_data", data: { "image/svg+xml": [wide], "text/plain": ["wide"] }, metadata: {} },
        { output_type: "error", ename: "ZeroDivisionError", evalue: "by zero", traceback: ["by zero"] },
      ],
    },
  ],
});

/** A PNG of one pixel. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Returns the text of a copy. */
async function copyOf(page: Page, form: string): Promise<string> {
  await page.getByRole("button", { name: "Save a copy" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: form }).click(),
  ]);
  await page.locator("dialog.exports[open]").waitFor({ state: "detached" });
  return await new Response(ReadableStream.from(await download.createReadStream())).text();
}

/** Drops a file onto an element with a browser's events. */
async function drop(page: Page, selector: string, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    return transfer;
  }, [name, text]);
  const target = page.locator(selector).first();
  // A browser repeats this event while a file is held over the page, which may just have started to listen.
  do await target.dispatchEvent("dragover", { dataTransfer }); while (await page.locator("main.over").count() === 0);
  await target.dispatchEvent("drop", { dataTransfer });
}

browserTest("files and the list", async (t) => {
  const scripts = {
    hostile: answer(
      stdout("\x1b[31m<img src=x onerror='ran = 1'>\x1b[0m\n"),
      display({
        "text/html": "<table><tr><td>Mars</td></tr></table><script>ran = 1</script><img src=x onerror='ran = 1'>",
      }),
      display({
        "text/html": "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe><b style='position: fixed'>b</b>",
      }),
      display({
        "image/svg+xml": figure.replace("><", " onload='ran = 1'><script>ran = 1</script><"),
        "text/plain": "a square",
      }),
      display({ "text/markdown": "[a](javascript:ran=1) <script>ran = 1</script> ![b](http://tracker.invalid/b.png)" }),
      display({ "text/latex": "$\\href{javascript:ran=1}{x}$" }),
      display({ 'image/png"onerror="ran=1': DOT } as never),
    ),
    figure: answer(
      display({ "image/svg+xml": figure, "text/plain": "a square" }),
      display({ "image/svg+xml": plot(6_000), "text/plain": "many points" }),
      display({ "text/latex": "$x^2$", "text/plain": "x**2" }),
    ),
  };
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();

  await t.step("the gallery creates a notebook from each example, ready to run", async () => {
    const titles = ["A tour of AIPython", "Recursion, one call at a time", "A year of swifts", "Reading a traceback"];
    for (const title of titles) {
      await page.goto(open.site.url);
      await page.locator(".gallery").getByRole("button", { name: title }).click();
      await cellOf(page, 1).getByRole("heading", { name: title }).waitFor();
      assert.match(await page.getByLabel("Title").inputValue(), new RegExp(`^${title}`));
    }
  });

  await t.step("the list shows them, last one first, and deletes them", async () => {
    await page.getByRole("link", { name: "All notebooks" }).click();
    const links = page.getByRole("region", { name: "Your notebooks" }).getByRole("link");
    await links.nth(3).waitFor();
    assert.match(await links.first().innerText(), /^Reading a traceback\s+13 cells · just now$/);
    await page.getByRole("button", { name: "Delete Reading a traceback" }).click();
    await links.nth(3).waitFor({ state: "detached" });
    await links.first().click();
    await cellOf(page, 1).getByRole("heading", { name: "A year of swifts" }).waitFor();
  });

  await t.step("a file that is dropped onto the home page opens with its outputs", async () => {
    await page.goto(open.site.url);
    await drop(page, "h1", "dropped.ipynb", file);
    await page.locator(".traceback", { hasText: "by zero" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "A figure")), [10, 5]);
    const [width, height] = await sizeOf(figureIn(page, "wide").locator("rect"));
    assert.ok(width < 1_280 && Math.abs(height - width / 10) <= 1, `${width} x ${height}`);
    assert.equal(await page.getByLabel("Title").inputValue(), "Dropped");
  });

  await t.step(
    "a file that is dropped onto a notebook opens as another one, and its text gets into no cell",
    async () => {
      const before = page.url();
      const other = await open.open(new URL(before).pathname);
      await cellOf(other, 2).locator(".cm-content").waitFor();
      await drop(page, ".cm-content", "other.ipynb", file.replace("# Dropped", "# Other"));
      await page.waitForURL((url) => String(url) !== before);
      await cellOf(page, 1).getByRole("heading", { name: "Other" }).waitFor();
      assert.deepEqual(await sources(other), ["Dropped", "1 / 0"]);
      await other.close();
    },
  );

  await t.step("a file that is not a notebook is refused with the reason", async () => {
    await page.goto(open.site.url);
    for (const [text, reason] of [["{", /JSON/], ['{"cells": 3}', /./]] as const) {
      const wrong = { name: "wrong.ipynb", mimeType: "application/json", buffer: Buffer.from(text) };
      await page.locator("input[type=file]").setInputFiles(wrong);
      await page.getByRole("alert").filter({ hasText: reason }).waitFor();
    }
    assert.equal(new URL(page.url()).pathname, "/");
  });

  await t.step("an output that is too large for an event is loaded and rendered", async () => {
    const large = JSON.parse(file);
    const html = `<table><tr><td>${"x".repeat(300_000)}</td></tr><tr><td>the end</td></tr></table>`;
    large.cells[1].outputs = [{ output_type: "display_data", data: { "text/html": [html] }, metadata: {} }];
    await page.goto(open.site.url);
    const buffer = Buffer.from(JSON.stringify(large));
    await page.locator("input[type=file]").setInputFiles({ name: "l.ipynb", mimeType: "application/json", buffer });
    await page.frameLocator("iframe").getByText("the end").waitFor();
  });

  await t.step("several files become a notebook each, and one that is not a notebook is named", async () => {
    await page.goto(open.site.url);
    const julia = JSON.stringify({ ...JSON.parse(file), metadata: { language_info: { name: "julia" } } });
    const named = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator("input[type=file]").setInputFiles([
      named("first.py", '# %% [markdown]\n# # From Python\n# %% tags=["a"]\n1 + 1\n'),
      named("second.ipynb", file.replace("# Dropped", "# Second")),
      named("third.ipynb", julia),
    ]);
    const alert = page.getByRole("alert");
    await alert.getByText("“third.ipynb” was not opened: this notebook is in Julia, but only Python").waitFor();
    await page.getByRole("note").getByText("2 of 3 files were opened as notebooks").waitFor();
    const list = page.getByRole("region", { name: "Your notebooks" });
    await list.getByRole("link", { name: "Second" }).waitFor();
    await list.getByRole("link", { name: "From Python" }).click();
    await cellOf(page, 1).getByRole("heading", { name: "From Python" }).waitFor();
    assert.deepEqual(await sources(page), ["From Python", "1 + 1"]);
  });

  await t.step("parts of a file that could not be imported are listed in its notebook", async () => {
    await page.goto(open.site.url);
    const odd = JSON.parse(file);
    odd.cells[0].cell_type = "chart";
    const text = { name: "odd.ipynb", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(odd)) };
    await page.locator("input[type=file]").setInputFiles(text);
    const note = page.getByRole("note").filter({ hasText: 'cells[0].cell_type is "chart"' });
    await note.getByRole("button", { name: "Close" }).click();
    await note.waitFor({ state: "detached" });
  });

  await t.step("a file shows how much is saved, and one whose page was left before the end is named", async () => {
    const cells = Array.from({ length: 500 }, (_, at) => ({ ...JSON.parse(file).cells[1], id: `c${at}` }));
    const large = Buffer.from(JSON.stringify({ ...JSON.parse(file), metadata: { title: "Large" }, cells }));
    const left = await open.context.newPage();
    const portions = Promise.withResolvers<void>();
    let pushes = 0;
    await left.routeWebSocket(/livestore/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => {
        // The beginning is stored. Later portions never arrive.
        if (String(frame).includes("PushReq") && ++pushes > 12) return portions.resolve();
        server.send(frame);
      });
    });
    await left.goto(open.site.url);
    const asked = left.waitForEvent("dialog");
    await left.locator("input[type=file]").setInputFiles({
      name: "large.ipynb",
      mimeType: "application/json",
      buffer: large,
    });
    await left.getByText(/“Large”: [1-9]\d* of 500 cells saved …/).waitFor();
    await portions.promise;
    await left.reload();
    assert.equal((await asked).type(), "beforeunload");
    await left.getByRole("note").getByText(/left before a file was saved \(“Large”: [1-9]\d* of 500 cells/).waitFor();
    assert.equal(await left.getByRole("link", { name: "Large" }).count(), 0);
    await left.reload();
    await left.getByRole("button", { name: "New notebook" }).waitFor();
    assert.equal(await left.getByRole("note").count(), 0);
    await left.close();
    open.faults.length = 0;
  });

  await t.step("the browser asks before leaving a page that is uploading a picture", async () => {
    const large = JSON.parse(file);
    large.cells[1].outputs = [
      { output_type: "display_data", data: { "image/png": new Uint8Array(100_000).toBase64() }, metadata: {} },
    ];
    const left = await open.context.newPage();
    const uploading = Promise.withResolvers<void>();
    // The upload is never answered.
    await left.route(/\/artifacts$/, () => uploading.resolve());
    await left.goto(open.site.url);
    const buffer = Buffer.from(JSON.stringify(large));
    await left.locator("input[type=file]").setInputFiles({ name: "l.ipynb", mimeType: "application/json", buffer });
    await uploading.promise;
    const [asked] = await Promise.all([left.waitForEvent("dialog"), left.reload()]);
    assert.equal(asked.type(), "beforeunload");
    await left.getByRole("note").getByText("“Dropped”: 0 of 2 cells saved").waitFor();
    await left.close();
  });

  await t.step("a download is a valid file that contains the pictures, and opens as it was", async () => {
    const page = await open.openNew();
    await run(page, "figure");
    await page.getByRole("img", { name: "many points" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "a square")), [10, 5]);
    await run(page, "6 * 7");
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.getByLabel("Title").fill("Übung №1");
    await page.keyboard.press("Enter");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download .ipynb" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "übung-no1.ipynb");
    const text = await new Response(ReadableStream.from(await download.createReadStream())).text();
    const { cells, metadata } = validNotebook(text);
    assert.deepEqual(metadata.aipython, { model: "scripted", simulated: true });
    assert.deepEqual(cells[0].metadata.aipython, { model: "scripted", simulated: true });
    const outputs = cells[0].outputs as { data: Record<string, unknown>; metadata: unknown }[];
    assert.deepEqual(outputs.map(({ data, metadata }) => [...Object.keys(data).sort(), metadata]), [
      ["image/svg+xml", "text/plain", {}],
      ["image/svg+xml", "text/plain", {}],
      ["text/latex", "text/plain", {}],
    ]);
    assert.match((outputs[1].data["image/svg+xml"] as string[]).join(""), /^<svg [^]*<\/svg>$/);
    await page.goto(open.site.url);
    const again = { name: "again.ipynb", mimeType: "application/json", buffer: Buffer.from(text) };
    await page.locator("input[type=file]").setInputFiles(again);
    await page.getByRole("img", { name: "many points" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "a square")), [10, 5]);
    assert.equal(await page.getByLabel("Title").inputValue(), "Übung №1");
    assert.equal(await page.locator(".cell").count(), cells.length);
  });

  await t.step("a picture attached to a Markdown cell is rendered, and is in the downloads", async () => {
    const attached = JSON.parse(file);
    attached.cells[0].source = "# Attached\n\n![a dot](attachment:a%20dot.png)\n\n![gone](attachment:b.png)";
    attached.cells[0].attachments = { "a dot.png": { "image/png": DOT } };
    const text = { name: "a.ipynb", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(attached)) };
    await page.goto(open.site.url);
    await page.locator("input[type=file]").setInputFiles(text);
    const dot = cellOf(page, 1).getByRole("img", { name: "a dot" });
    await dot.waitFor();
    assert.equal(await dot.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 1);
    const { cells } = validNotebook(await copyOf(page, "Notebook (.ipynb)"));
    assert.deepEqual(cells[0].attachments, attached.cells[0].attachments);
    assert.deepEqual(cells.map(({ id }: { id: string }) => id), ["a", "b"]);
    assert.equal(cells[1].execution_count, 7);
  });

  await t.step("an exported web page names the model that made up the outputs, and runs nothing", async () => {
    const page = await open.openNew();
    await run(page, "hostile");
    await promptIs(page, 1, /In \[1\]/);
    await page.getByLabel("Title").fill("A <b>title</b>");
    await page.keyboard.press("Enter");
    const html = await copyOf(page, "Web page (.html)");
    const copy = await open.context.newPage();
    const requests: string[] = [];
    // Requests that the page's policy blocks do not arrive here.
    await copy.route("**", (route) => {
      requests.push(route.request().url());
      return route.abort();
    });
    // The file is served without headers, so that only its own policy applies.
    await copy.route("http://copy.invalid/", (route) => route.fulfill({ contentType: "text/html", body: html }));
    await copy.goto("http://copy.invalid/");
    await copy.getByRole("note").getByText("scripted made the outputs of this notebook up: no code was executed")
      .waitFor();
    assert.equal(await copy.getByText("Output made up by scripted").count(), 1);
    assert.equal(await copy.title(), "A <b>title</b>");
    await copy.getByRole("cell", { name: "Mars" }).waitFor();
    await copy.getByText("This output has its own scripts or styles").first().waitFor();
    assert.deepEqual(await sizeOf(copy.getByRole("img", { name: "a square" })), [10, 5]);
    assert.equal(await copy.locator("script, iframe, object, embed, form, link").count(), 0);
    assert.equal(await copy.locator("[onerror], [onload], [onclick]").count(), 0);
    assert.equal(await copy.evaluate(() => "ran" in globalThis), false);
    assert.deepEqual(requests, []);
    await copy.emulateMedia({ media: "print" });
    assert.ok(await copy.getByRole("note").isVisible());
    await copy.close();
    open.faults.length = 0;

    const script = await copyOf(page, "Python (.py)");
    assert.match(
      script,
      /^# AIPython: the outputs of this notebook were made up by scripted; no code was executed\.\n\n# %% aipython=/,
    );
    assert.match(script, /"model":"scripted"[^]*\nhostile\n/);
    await page.close();
  });

  await t.step("a copy is printed with the line that names the model that made up the outputs", async () => {
    const page = await open.openNew();
    await run(page, "figure");
    await page.getByRole("img", { name: "many points" }).waitFor();
    await page.evaluate(() => {
      // A browser without a window shows no print dialog, so the call is recorded.
      const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow")!;
      Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
        get(this: HTMLIFrameElement) {
          const view: Window = get!.call(this);
          if (this.srcdoc === "") return view;
          return { print: () => document.documentElement.dataset.printed = view.document.body.innerText };
        },
      });
    });
    await page.getByRole("button", { name: "Save a copy" }).click();
    await page.getByRole("button", { name: "Print" }).click();
    await page.locator("html[data-printed]").waitFor();
    const printed = await page.locator("html").getAttribute("data-printed");
    assert.match(printed!, /^Simulated outputs\. scripted made the outputs[^]*Output made up by scripted/);
    await page.locator("dialog.exports[open]").waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("parts that could not be fetched are named", async () => {
    const page = await open.openNew();
    await run(page, "figure");
    await page.getByRole("img", { name: "many points" }).waitFor();
    await page.route(/api\/artifacts/, (route) => route.abort());
    await page.getByRole("button", { name: "Save a copy" }).click();
    await page.getByRole("button", { name: "Web page (.html)" }).click();
    await page.getByRole("alert").getByText("the file is missing an output of cell 1").waitFor();
    await page.close();
    open.faults.length = 0;
  });

  await t.step("the notice that outputs are simulated stays until it is confirmed, and is on paper", async () => {
    const page = await open.openNew();
    await page.getByLabel("Title").focus();
    const line = page.getByRole("note").getByText("is asked what IPython would show");
    for (let number = 0; number < 8; number++) await page.getByRole("button", { name: "Code" }).last().click();
    await page.mouse.wheel(0, 10_000);
    await page.waitForFunction(() => scrollY > 200);
    const { y } = (await line.boundingBox())!;
    assert.ok(y >= 0 && y < 300, `${y}`);
    await page.getByRole("button", { name: "Understood" }).click();
    await line.waitFor({ state: "hidden" });
    await page.reload();
    await cellOf(page, 1).waitFor();
    assert.equal(await line.isVisible(), false);
    assert.match(await page.locator(".chip").innerText(), /simulated by scripted/);
    await page.emulateMedia({ media: "print" });
    assert.ok(await line.isVisible());
    assert.equal(await page.getByRole("toolbar").first().isVisible(), false);
    await page.close();
  });

  await t.step("what the server does not store is not on the list, and the page says why", async () => {
    const titles = async () =>
      (await (await open.site.ask("/api/notebooks")).json()).map(({ title }: { title: string }) => title);
    const before = await titles();
    const lost = await open.context.newPage();
    await lost.clock.install();
    // The sync server never receives the contents.
    const pushed = Promise.withResolvers<void>();
    await lost.routeWebSocket(/livestore/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => String(frame).includes("PushReq") ? pushed.resolve() : server.send(frame));
    });
    await lost.goto(open.site.url);
    await lost.getByRole("button", { name: "New notebook" }).click();
    await pushed.promise;
    await lost.clock.fastForward(60_000);
    await lost.getByRole("alert").getByText("its contents were not stored in time").waitFor();
    assert.deepEqual(await titles(), before);
    assert.ok(await lost.getByRole("button", { name: "New notebook" }).isEnabled());
    await lost.close();
    // The page has asked meanwhile why it gets no answer, and still tries to connect when the notebook is gone.
    assert.deepEqual(open.faults.splice(0).filter((fault) => !/\b(?:426|404)\b/.test(fault)), []);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
