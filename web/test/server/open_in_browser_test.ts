/**
 * Which command opens the page in a browser.
 *
 * @module
 */

import assert from "node:assert/strict";
import { browserCommand } from "../../server/open_in_browser.ts";

Deno.test("each system has its own command", () => {
  assert.deepEqual(browserCommand("linux", { DISPLAY: ":0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("linux", { WAYLAND_DISPLAY: "wayland-0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("darwin", {}), ["open"]);
  assert.deepEqual(browserCommand("windows", {}), ["rundll32", "url.dll,FileProtocolHandler"]);
});

Deno.test("nothing is opened where nobody sits before a screen", () => {
  assert.equal(browserCommand("linux", {}), undefined);
  assert.equal(browserCommand("darwin", { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" }), undefined);
});
