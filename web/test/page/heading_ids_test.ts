/**
 * The ids of headings.
 *
 * @module
 */

import assert from "node:assert/strict";
import { headingIds, slugOf } from "../../page/output/heading_ids.ts";

Deno.test("headingIds() makes the same ids as GitHub", () => {
  const ids = {
    "Getting started": "getting-started",
    "What's new in 2.0?": "whats-new-in-20",
    "`df.head()` & more": "dfhead--more",
    "snake_case - and-dashes": "snake_case---and-dashes",
    "Über die Größe": "über-die-größe",
    "第一章": "第一章",
    "!!!": "",
    "constructor": "constructor",
  };
  for (const [text, id] of Object.entries(ids)) assert.deepEqual(headingIds([text]), [id], text);
});

Deno.test("headingIds() numbers repeated headings", () => {
  assert.deepEqual(headingIds(["Same", "same", "Same 1", "Same"]), ["same", "same-1", "same-1-1", "same-2"]);
  assert.deepEqual(headingIds(["Page", "Page"], (id) => id === "page"), ["page-1", "page-2"]);
  const many = headingIds(new Array(20_000).fill("x"));
  assert.equal(new Set(many).size, 20_000);
});

Deno.test("slugOf() converts an id of JupyterLab to an id of this page", () => {
  assert.equal(slugOf("Getting-Started"), "getting-started");
});
