/**
 * A hundred texts that take a worker seconds each, and harmless texts after them that must be converted soon.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { answer } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

/** Makes a text that takes marked at least two seconds, because it compares each emphasis mark with all others. */
const hostile = (number: number) => `${number} ${"*a **a ".repeat(1_200)}`;

/** Makes a text that takes as long but looks harmless, because marked searches the end of each link separately. */
const hidden = (number: number) => `${number} ${"[a](".repeat(25_000)}`;

/** An ordinary text that is too long to be converted at once. */
const long = "## Long\n\n" + "A *word* and $x^2$ of it.\n\n".repeat(1_000);

/** An ordinary text with as many commands as a text that is nested to take long. */
const formulas = "## Formulas\n\n" + "$\\frac{\\alpha}{\\beta}$ and $\\sqrt{\\pi}$\n\n".repeat(100);

const HOSTILE = 100;

/** The time limit of the harmless texts, in milliseconds. The hostile ones take more than 200 s. */
const SOON_MS = 30_000;

const cells = [
  "# First",
  ...Array.from({ length: HOSTILE }, (_, number) => (number % 10 === 0 ? hidden : hostile)(number)),
  formulas,
  long,
];

const file = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: cells.map((source, index) => ({ cell_type: "markdown", id: `cell-${index}`, metadata: {}, source })),
});

browserTest("harmless texts after a hundred hostile texts", async (t) => {
  await using model = await startScriptedModel(answer());
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();
  const buffer = Buffer.from(file);
  await page.locator("input[type=file]").setInputFiles({ name: "a.ipynb", mimeType: "application/json", buffer });
  await cellOf(page, 1).getByRole("heading", { name: "First" }).waitFor();

  await t.step("the harmless texts are rendered within 30 seconds", async () => {
    await Promise.all([
      cellOf(page, HOSTILE + 2).getByRole("heading", { name: "Formulas" }).waitFor({ timeout: SOON_MS }),
      cellOf(page, HOSTILE + 3).getByRole("heading", { name: "Long" }).waitFor({ timeout: SOON_MS }),
    ]);
  });

  await t.step("the harmless texts are rendered before five of the hostile ones have timed out", async () => {
    assert.ok(await page.locator(".no-content").count() < HOSTILE / 20);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
