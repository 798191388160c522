/**
 * Copies of a notebook as a web page, as Python and on paper: they name the model that simulated the outputs and run no code.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, display, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { copyOf, DOT, figure, figures } from "./notebook_files.ts";
import { answersByCode, browserTest, modelFrom, noFaults, openSite, promptIs, run, sizeOf } from "./open_site.ts";

/** Outputs that try to run scripts and to send requests. */
const hostile = answer(
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
);

browserTest("saving copies of a notebook", async (t) => {
  await using model = await startScriptedModel(answersByCode({ hostile, figure: figures }, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("an exported web page names the model that simulated the outputs and runs no script", async () => {
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
    await copy.getByRole("note").getByText("scripted made up the outputs of this notebook: no code was executed")
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

  await t.step("a printed copy names the model that simulated the outputs", async () => {
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
    assert.match(printed!, /^Simulated outputs\. scripted made up the outputs[^]*Output made up by scripted/);
    await page.locator("dialog.exports[open]").waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("the page names outputs that could not be fetched", async () => {
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

  await t.step("no page reported an error", () => noFaults(open));
});
