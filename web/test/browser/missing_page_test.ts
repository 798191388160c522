/**
 * The page at an unknown address.
 *
 * @module
 */

import assert from "node:assert/strict";
import { browserTest, openSite } from "./open_site.ts";

browserTest("the page of an unknown address leads to the home page by keyboard", async () => {
  await using open = await openSite();
  const pages = { "/whatever": "There is no page here", "/notebooks/nothing": "There is no such notebook" };
  for (const [path, heading] of Object.entries(pages)) {
    const page = await open.open(path);
    await page.getByRole("heading", { name: heading }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Begin with an example" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    await page.close();
  }
  assert.deepEqual(open.faults.filter((fault) => !/404/.test(fault)), []);
});
