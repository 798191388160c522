/**
 * The script of the frame: draws the outputs that the page sends, and reports its height.
 *
 * @module
 */

import { drawOutputs } from "./draw_output.ts";

const main = document.querySelector("main")!;

addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  drawOutputs(main, data);
  document.body.dataset.drawn = "";
});
new ResizeObserver(() => parent.postMessage({ type: "height", height: document.body.scrollHeight }, "*")).observe(main);
parent.postMessage({ type: "loaded" }, "*");
