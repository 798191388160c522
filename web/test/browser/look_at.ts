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

/** Returns axe's findings on a page, each with its impact, rule and elements. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ["violations"],
    })
  );
  return violations.map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The window widths in CSS pixels: wide, wide at 200 %, and narrow. */
const WIDTHS = [1440, 720, 360];

/** Checks a page in all six combinations of width and theme. */
export async function lookAt(t: Deno.TestContext, name: string, page: Page): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of ["light", "dark"] as const) {
      await t.step(
        `${name} has no accessibility fault and no overflow at ${width} px in the ${colorScheme} theme`,
        async () => {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          // A screenshot waits until the page has been rendered again.
          await page.screenshot();
          assert.deepEqual(await findings(page), []);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
        },
      );
    }
  }
  await page.setViewportSize({ width: 1440, height: 800 });
}
