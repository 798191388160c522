/**
 * The script of the app's page: draws every cell, its outputs here or in a frame.
 *
 * @module
 */

import type { AppCell } from "./app_cell.ts";
import { drawOutputs } from "./draw_output.ts";
import { drawnIn } from "./drawn_in.ts";
import { joinStreams } from "./join_streams.ts";
import { withDeltas } from "./with_deltas.ts";

const { cells, frameUrl }: { cells: AppCell[]; frameUrl: string } = await (await fetch("/cells")).json();

document.querySelector("main")!.append(...cells.map(drawCell));
document.body.dataset.drawn = "";

function drawCell({ id, source, outputs: rows, deltas = [] }: AppCell): Element {
  const outputs = withDeltas(joinStreams(rows), deltas);
  const cell = document.createElement("section");
  cell.dataset.cell = id;
  const code = document.createElement("pre");
  code.className = "source";
  code.textContent = source;
  const place = document.createElement("div");
  cell.append(code, place);
  cell.dataset.drawnIn = drawnIn(outputs);
  if (drawnIn(outputs) === "page") drawOutputs(place, outputs);
  else drawInFrame(place, { id, outputs });
  return cell;
}

/** The frame asks for the outputs when it has loaded. It starts loading when it is added to the page. */
function drawInFrame(place: Element, cell: Pick<AppCell, "id" | "outputs">): void {
  const frame = document.createElement("iframe");
  frame.name = cell.id;
  frame.src = frameUrl;
  frame.sandbox.add("allow-scripts", "allow-same-origin");
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data.type === "loaded") frame.contentWindow!.postMessage(cell.outputs, "*");
    else frame.height = data.height;
  });
  place.append(frame);
}
