/**
 * Completion of names, and signatures, by keyboard and without a request to the model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

const code = `def area(width, height=1):
    """Multiplies two lengths."""
    return width * height

class Robot:
    def greet(self, name):
        "Says hello."
        return name

robot = Robot()
words = ["one"]`;

const scripts = { "dir(robot)": answer(result("['charge', 'greet']")), "area": answer(stdout("")) };

browserTest("completion and signatures in the editor", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  await page.keyboard.insertText(code);
  await page.keyboard.press("Shift+Enter");
  await promptIs(page, 1, /In \[1\]/);
  await run(page, "dir(robot)");
  await promptIs(page, 2, /In \[2\]/);
  const asked = model.requests.length;
  const list = page.locator(".cm-tooltip-autocomplete");
  const signature = page.locator(".signature");
  const editor = cellOf(page, 3).locator(".cm-content");
  /** Replaces the text of the cell. */
  const write = async (text: string) => {
    await editor.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
  };

  await t.step("Tab completes names from all cells", async () => {
    await write("are");
    await page.keyboard.press("Tab");
    await list.getByText("area").waitFor();
    await page.waitForTimeout(100);
    await page.keyboard.press("Tab");
    await list.waitFor({ state: "detached" });
    assert.equal(await editor.innerText(), "area");
  });

  await t.step("Tab after a dot lists the known attributes of a value", async () => {
    await write("robot.");
    await page.keyboard.press("Tab");
    await list.getByText("charge").waitFor();
    await list.getByText("greet").waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await write("words.app");
    await page.keyboard.press("Control+Space");
    await list.getByText("append").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("Tab indents if there is no name to complete", async () => {
    await write("");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Tab");
    await page.keyboard.type("x");
    assert.equal(await editor.evaluate((element) => element.textContent), "    x");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await editor.evaluate((element) => element.textContent), "x");
  });

  await t.step("Shift+Tab shows the signature of a function or method, and Escape hides it", async () => {
    for (const [text, shown] of [["area(", "area(width, height=1)"], ["robot.greet(", "greet(self, name)"]]) {
      await write(text);
      await page.keyboard.press("Shift+Tab");
      await signature.filter({ hasText: shown }).waitFor();
      await page.keyboard.press("Escape");
      await signature.waitFor({ state: "detached" });
      assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Code of cell 3");
    }
    await write("area");
    await page.keyboard.press("Shift+Tab");
    await signature.filter({ hasText: "Multiplies two lengths." }).waitFor();
    await page.keyboard.type("(");
    await signature.waitFor({ state: "detached" });
  });

  await t.step("Shift+Tab reports a name that no cell defines as unknown", async () => {
    await write("nothing");
    await page.keyboard.press("Shift+Tab");
    await signature.filter({ hasText: "nothing is not known here" }).waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("the model received no request, and no page reported an error", () => {
    assert.equal(model.requests.length, asked);
    noFaults(open);
  });
});
