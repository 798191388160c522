/**
 * The kernel in JupyterLab as a person uses it: chosen in the launcher, run, completed, interrupted, restarted and saved.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, call, display, error, gate, result, stderr, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { chromiumNote, hasChromium } from "./chromium.ts";
import { hasJupyterLab, jupyterLabNote, openLab } from "./jupyterlab.ts";
import {
  codeCell,
  complete,
  editLast,
  interrupt,
  openNotebook,
  outputs,
  promptReads,
  restart,
  run,
  save,
} from "./jupyterlab_notebook.ts";
import { answersByCode } from "./open_site.ts";

const figure =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="300" height="80" fill="#4a5ac4"/></svg>';

const traceback = [
  "-".repeat(75),
  "ZeroDivisionError                         Traceback (most recent call last)",
  "Cell In[3], line 1\n----> 1 broken()\n",
  "ZeroDivisionError: division by zero",
];

const scripts = {
  "settled": answer(result("still here")),
  "spam = 6": answer(stdout("one\ntwo\n"), stderr("a warning\n"), result("42")),
  "plot()": answer(display({ "image/svg+xml": figure, "text/plain": "<Figure>" })),
  "broken()": answer(error("ZeroDivisionError", "division by zero", traceback)),
  "waits()": answer(stdout("begun\n"), gate("never")),
  "len?": answer(
    stdout("\x1b[31mSignature:\x1b[39m len(obj, /)\n\x1b[31mDocstring:\x1b[39m Return the number of items.\n"),
  ),
};

Deno.test({
  name: `aipython kernel in JupyterLab${jupyterLabNote}${chromiumNote}`,
  ignore: !hasJupyterLab || !hasChromium,
  async fn(t) {
    const named = answersByCode(scripts, answer(result("42")));
    await using model = await startScriptedModel((request) => {
      const { role, content } = request.body.messages.at(-1);
      if (role === "tool") return answer(stdout(`Hello, ${JSON.parse(content).typed}!\n`));
      return JSON.stringify(content).includes("input(") ? answer(call("input", { prompt: "Who? " })) : named(request);
    });
    await using lab = await openLab(async (home) => [
      ...["--model", "gpt-4o", "--base-url", model.baseUrl],
      ...["--env-file", await home.write("aipython.env", "OPENAI_API_KEY=key\n")],
    ]);
    const page = await openNotebook(lab, "Python, played by gpt-4o (AIPython)");
    await steps(t, page, lab.home.folder);
  },
});

async function steps(t: Deno.TestContext, page: Page, folder: string): Promise<void> {
  await t.step("a cell shows printed text, a warning and its result", async () => {
    await run(page, "spam = 6\nspam * 7");
    await promptReads(page, 1, "[1]:");
    assert.deepEqual(await outputs(page, 1), ["one\ntwo\n", "a warning\n", "42"]);
    await codeCell(page, 1).locator(".jp-OutputPrompt", { hasText: "[1]:" }).waitFor();
  });

  await t.step("a figure is rendered", async () => {
    await run(page, "plot()");
    await codeCell(page, 2).locator(".jp-RenderedSVG img, .jp-RenderedSVG svg").waitFor();
  });

  await t.step("a traceback has colours", async () => {
    await run(page, "broken()");
    await codeCell(page, 3).locator(".ansi-red-fg", { hasText: "ZeroDivisionError" }).first().waitFor();
    assert.match((await outputs(page, 3)).join(), /Traceback \(most recent call last\)[^]*: division by zero/);
  });

  await t.step("input() shows an input field", async () => {
    await run(page, "name = input('Who? ')\nprint(f'Hello, {name}!')");
    await codeCell(page, 4).locator(".jp-Stdin-prompt", { hasText: "Who?" }).waitFor();
    await codeCell(page, 4).locator("input.jp-Stdin-input").fill("Ada");
    await page.keyboard.press("Enter");
    await promptReads(page, 4, "[4]:");
    assert.match((await outputs(page, 4)).join("\n"), /Hello, Ada!/);
  });

  await t.step("an endless cell can be interrupted", async () => {
    await run(page, "waits()");
    await codeCell(page, 5).getByText("begun").waitFor();
    await promptReads(page, 5, "[*]:");
    await interrupt(page);
    await promptReads(page, 5, "[5]:");
    assert.match((await outputs(page, 5)).join("\n"), /begun[^]*KeyboardInterrupt/);
  });

  await t.step("Tab completes names that the session has defined", async () => {
    await editLast(page);
    await page.keyboard.type("spa");
    await complete(page);
    await page.locator(".jp-Completer-item", { hasText: /^spam$/ }).click();
    await codeCell(page, 6).locator(".cm-content", { hasText: /^spam$/ }).waitFor();
  });

  await t.step("len? shows Python's documentation", async () => {
    await run(page, "len?");
    await promptReads(page, 6, "[6]:");
    assert.match((await outputs(page, 6)).join("\n"), /Signature: len\(obj, \/\)\nDocstring: Return/);
  });

  await t.step("a restart forgets variables, and the next cell has number 1", async () => {
    await restart(page);
    await run(page, "settled");
    await promptReads(page, 7, "[1]:");
    assert.deepEqual(await outputs(page, 7), ["still here"]);
  });

  await t.step("the saved file is a valid notebook with these outputs", async () => {
    await save(page);
    const { metadata, cells } = JSON.parse(await Deno.readTextFile(`${folder}/Untitled.ipynb`));
    assert.equal(metadata.kernelspec.name, "aipython");
    assert.equal(metadata.language_info.name, "python");
    const [first, plot, broken] = cells;
    assert.deepEqual(
      first.outputs.map(({ output_type }: { output_type: string }) => output_type),
      ["stream", "stream", "execute_result"],
    );
    assert.equal(plot.outputs[0].data["image/svg+xml"].join(""), figure);
    assert.equal(broken.outputs[0].ename, "ZeroDivisionError");
  });
}
