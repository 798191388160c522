/**
 * A hundred texts that take a worker seconds each do not keep the harmless ones behind them from being drawn.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { answer } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

/** Takes marked two seconds and more: it compares each mark of emphasis with each. */
const hostile = (number: number) => `${number} ${"*a **a ".repeat(1_200)}`;

/** Takes as long, and nothing is seen of it but its length: marked looks for the end of each link anew. */
const hidden = (number: number) => `${number} ${"[a](".repeat(25_000)}`;

/** Ordinary, and too long to be drawn at once. */
const long = "## Long\n\n" + "A *word* and $x^2$ of it.\n\n".repeat(1_000);

/** Ordinary, with as many commands as a text may nest to take long. */
const formulas = "## Formulas\n\n" + "$\\frac{\\alpha}{\\beta}$ and $\\sqrt{\\pi}$\n\n".repeat(100);

const HOSTILE = 100;

/** How long the harmless texts may take, in milliseconds: the hostile ones take more than 200 s. */
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

browserTest("harmless texts behind a hundred hostile ones", async (t) => {
  await using model = await startScriptedModel(answer());
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();
  const buffer = Buffer.from(file);
  await page.locator("input[type=file]").setInputFiles({ name: "a.ipynb", mimeType: "application/json", buffer });
  await cellOf(page, 1).getByRole("heading", { name: "First" }).waitFor();

  await t.step("are drawn soon", async () => {
    await Promise.all([
      cellOf(page, HOSTILE + 2).getByRole("heading", { name: "Formulas" }).waitFor({ timeout: SOON_MS }),
      cellOf(page, HOSTILE + 3).getByRole("heading", { name: "Long" }).waitFor({ timeout: SOON_MS }),
    ]);
  });

  await t.step("before the hostile ones have been given up", async () => {
    assert.ok(await page.locator(".no-content").count() < HOSTILE / 20);
  });

  await t.step("nothing went wrong unseen", () => noFaults(open));
});
