/**
 * The notebook app's view of every kind of output, rendered by the app's rules on its two hosts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { openApp } from "./open_app.ts";
import { browserTest } from "./open_site.ts";

/** The only paths that may be requested from the frames' host. */
const OF_THE_FRAME = /^\/(?:[\w]+\.(?:ts|css))?$/;

browserTest("rendering in the notebook app", async (t) => {
  await using open = await openApp();

  for (const [name, { place, pictures = 0, source, text }] of Object.entries(open.cases)) {
    await t.step(`the app renders ${name}`, async () => {
      const drawn = await open.drawn(name);
      const seen = JSON.stringify(drawn, null, 2);
      assert.equal(drawn.place, place);
      assert.equal(drawn.pictures.length, pictures, seen);
      for (const { width, height, src } of drawn.pictures) {
        assert.ok(width > 0 && height > 0, `a broken picture: ${seen}`);
        if (source !== undefined) assert.match(src ?? "", source);
      }
      if (text !== undefined) assert.match(drawn.text, text);
      assert.ok(!/No displayable content|Error rendering|api\/artifacts/.test(drawn.text), seen);
    });
  }

  await t.step("the app requests only the frame from the frames' host", () => {
    assert.deepEqual(open.app.frameRequests.filter((path) => !OF_THE_FRAME.test(path)), []);
  });
});
