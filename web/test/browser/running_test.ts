/**
 * Running cells on the page. The model server is scripted, so that the test can pause at any point.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, error, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";
import { pressButton } from "./toolbar.ts";

const scripts = {
  "slow()": answer(stdout("first\n"), gate("slow"), stdout("last\n")),
  "waits()": answer(result("'at last'")),
  "broken()": answer(error("ValueError", "too raw", ["\x1b[0;31mValueError\x1b[0m: too raw"])),
};

browserTest("running cells on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("the page names the model and its host, and explains that outputs are simulated", async () => {
    const page = await open.openNew();
    assert.match(await page.locator(".chip").innerText(), /ready\s+simulated by scripted/);
    const notice = await page.getByRole("note").innerText();
    assert.match(notice, /^Simulated outputs\. scripted at 127\.0\.0\.1:\d+ is asked what IPython would show\./);
    await page.close();
  });

  await t.step("the page shows queued and running cells, growing outputs, time and tokens", async () => {
    const page = await open.openNew();
    await run(page, "slow()");
    await run(page, "waits()");
    await promptIs(page, 1, /In \[\*\]:\s*\d+\.\d s/);
    await promptIs(page, 2, /In \[\*\]:\s*queued/);
    const outputs = cellOf(page, 1).getByRole("log", { name: "Output of cell 1" });
    await outputs.getByText("first").waitFor();
    assert.equal(await outputs.innerText(), "first\n");
    assert.match(await page.locator(".chip").innerText(), /running/);
    model.open("slow");
    await outputs.getByText("last").waitFor();
    await promptIs(page, 1, /In \[1\]:\s*\d+\.\d s/);
    await promptIs(page, 2, /In \[2\]:/);
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.locator(".chip .tokens", { hasText: "30 tokens" }).waitFor();
    await page.getByRole("status").getByText("Cell 2 is done.").waitFor();
    await page.close();
  });

  await t.step("a failed cell has IPython's colours", async () => {
    const page = await open.openNew();
    await run(page, "broken()");
    await promptIs(page, 1, /In \[1\]:\s*failed/);
    const red = await page.locator(".traceback .ansi-red-fg").allInnerTexts();
    assert.deepEqual(red, ["-".repeat(75), "ValueError", "ValueError"]);
    await page.getByRole("status").getByText("Cell 1 has failed.").waitFor();
    await page.close();
  });

  await t.step(
    "a cell after a failed one keeps its output and shows why Run all did not run it",
    async () => {
      const page = await open.openNew();
      for (const code of ["6 * 7", "broken()", "waits()"]) await run(page, code);
      const [fails, left] = [cellOf(page, 2), cellOf(page, 3)];
      await left.getByText("'at last'").waitFor();
      for (let round = 0; round < 2; round++) {
        await pressButton(page, "Run all");
        await left.getByText(/^\[AIPython\] Run All stopped at In \[\d\], which ended with ValueError: too raw\./)
          .waitFor();
        await fails.getByText("failed").waitFor();
        await page.locator(".cell.running, .cell.queued").first().waitFor({ state: "detached" });
        assert.doesNotMatch(await left.getAttribute("class") ?? "", /error|completed/);
        assert.equal(await left.getByText("[AIPython]").count(), 1);
        assert.equal(await left.getByText("'at last'").count(), 1);
      }
      await left.getByRole("button", { name: "Run this cell" }).click();
      await left.getByText("[AIPython]").waitFor({ state: "detached" });
      await promptIs(page, 3, /In \[\d+\]:/);
      await page.close();
    },
  );

  await t.step(
    "the toolbar clears outputs, runs all cells and restarts the runtime",
    async () => {
      const page = await open.openNew();
      await run(page, "1 + 1");
      await run(page, "2 + 2");
      await promptIs(page, 2, /In \[2\]/);
      await pressButton(page, "Clear outputs");
      await page.getByText("Out[").first().waitFor({ state: "detached" });
      await pressButton(page, "Run all");
      await promptIs(page, 2, /In \[4\]/);
      await cellOf(page, 2).getByText("Out[4]:").waitFor();
      await pressButton(page, "Restart");
      await page.locator(".chip[data-kind=ready]").waitFor();
      const number = model.requests.length;
      await page.locator(".cm-content").last().click();
      await run(page, "3 + 3");
      await promptIs(page, 3, /In \[1\]/);
      const asked = JSON.stringify((await model.request(number)).body.messages);
      assert.ok(
        asked.includes("3 + 3") && !asked.includes("1 + 1"),
        "the request does not contain code from before the restart",
      );
      await page.close();
    },
  );

  await t.step("no page reported an error", () => noFaults(open));
});
