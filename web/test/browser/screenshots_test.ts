/**
 * Compares the page, and outputs in the notebook app, with screenshots that a person has checked.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeAppScreenshots } from "./app_screenshots.ts";
import { browserTest, noFaults } from "./open_site.ts";
import { comparePictures } from "./picture.ts";
import { openStudio, SCREENSHOTS, takeScreenshots } from "./screenshots.ts";

/** The tolerated share of differing pixels. A changed word exceeds it, and the edges of letters do not. */
const TOLERATED = 0.002;

/** The folder for screenshots that differ, with their differences. */
const DIFFERENT = fileURLToPath(new URL("../../../.cache/screenshots/", import.meta.url));

/** A small change that must be detected in every screenshot. */
const CHANGE = ".cells, .home-actions, section[data-cell] { padding-top: 2px }";

browserTest("the page and the notebook app look as in their screenshots", async (t) => {
  await using studio = await openStudio();

  for (const { name, png, styled } of [...await takeScreenshots(studio, CHANGE), ...await takeAppScreenshots(CHANGE)]) {
    const kept = await Deno.readFile(join(SCREENSHOTS, `${name}.png`));

    await t.step(`${name} looks as in its screenshot`, async () => {
      const { share, difference } = comparePictures(kept, png);
      if (share <= TOLERATED) return;
      await Deno.mkdir(DIFFERENT, { recursive: true });
      await Deno.writeFile(join(DIFFERENT, `${name}.png`), png);
      if (difference !== undefined) await Deno.writeFile(join(DIFFERENT, `${name}-difference.png`), difference);
      assert.fail(
        `${(share * 100).toFixed(2)} % of ${name} differ from docs/screenshots/: look at ${DIFFERENT}; ` +
          "if the change is intended, run deno task screenshots --update",
      );
    });

    await t.step(`a shift of ${name} by two pixels is detected`, () => {
      assert.ok(comparePictures(kept, styled!).share > TOLERATED);
    });
  }

  await t.step("no page reported an error", () => noFaults(studio));
});
