/**
 * A helper of the tests that press buttons of a notebook's toolbar.
 *
 * @module
 */

import type { Page } from "playwright-core";

/** Presses a button of the toolbar without scrolling. Playwright's `click` scrolls first, because the toolbar is sticky. */
export async function pressButton(page: Page, name: string): Promise<void> {
  const box = (await page.getByRole("toolbar").getByRole("button", { name, exact: true }).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
