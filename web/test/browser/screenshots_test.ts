/**
 * How the page looks, and outputs in the notebook app: their pictures, held against those that were looked at by a person.
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

/** The share of pixels that may differ: a word is more, the edges of letters are less. */
const TOLERATED = 0.002;

/** Where pictures are put that differ, beside what differs in them. */
const DIFFERENT = fileURLToPath(new URL("../../../.cache/screenshots/", import.meta.url));

/** A change that is small, and must be noticed on every picture. */
const CHANGE = ".cells, .home-actions, section[data-cell] { padding-top: 2px }";

browserTest("the page looks as it did, and outputs in the notebook app", async (t) => {
  await using studio = await openStudio();

  for (const { name, png, styled } of [...await takeScreenshots(studio, CHANGE), ...await takeAppScreenshots(CHANGE)]) {
    const kept = await Deno.readFile(join(SCREENSHOTS, `${name}.png`));

    await t.step(name, async () => {
      const { share, difference } = comparePictures(kept, png);
      if (share <= TOLERATED) return;
      await Deno.mkdir(DIFFERENT, { recursive: true });
      await Deno.writeFile(join(DIFFERENT, `${name}.png`), png);
      if (difference !== undefined) await Deno.writeFile(join(DIFFERENT, `${name}-difference.png`), difference);
      assert.fail(
        `${(share * 100).toFixed(2)} % of ${name} differ from docs/screenshots/: look at ${DIFFERENT}; ` +
          "if the page is to look so, deno task screenshots --update",
      );
    });

    await t.step(`${name}, were it moved by two pixels, would not pass`, () => {
      assert.ok(comparePictures(kept, styled!).share > TOLERATED);
    });
  }

  await t.step("nothing went wrong unseen", () => noFaults(studio));
});
