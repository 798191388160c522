/**
 * Checks a page with axe in wide and narrow windows, and in both themes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = await Deno.readTextFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")));

/** Returns axe's findings on a page, worst first, each with its impact and its place. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ["violations"],
    })
  );
  return violations.map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Wide, wide at 200 %, and narrow, in CSS pixels. */
const WIDTHS = [1440, 720, 360];

/** Checks a page in all six combinations. */
export async function lookAt(t: Deno.TestContext, name: string, page: Page): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of ["light", "dark"] as const) {
      await t.step(`${name} at ${width} px, ${colorScheme}: axe finds nothing, and nothing overflows`, async () => {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        // A screenshot waits until the page has been rendered again.
        await page.screenshot();
        assert.deepEqual(await findings(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      });
    }
  }
  await page.setViewportSize({ width: 1440, height: 800 });
}
