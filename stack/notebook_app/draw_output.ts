/**
 * Draws one output, in the page or in a frame.
 *
 * @module
 */

import type { AppOutput } from "./app_cell.ts";
import { bestType } from "./best_type.ts";
import { drawAnsi } from "./draw_ansi.ts";
import { drawMarkdown } from "./draw_markdown.ts";
import { joinStreams } from "./join_streams.ts";
import { pictureSource } from "./picture_source.ts";
import { readContents } from "./read_contents.ts";

/** Draws a cell's outputs into an element, one below the other. */
export function drawOutputs(container: Element, outputs: readonly AppOutput[]): void {
  container.replaceChildren(
    ...joinStreams(outputs).map((output) => {
      const place = document.createElement("div");
      place.className = `output ${output.outputType} ${output.streamName ?? ""}`.trim();
      try {
        place.append(drawOutput(output));
      } catch (error) {
        place.textContent = `Error rendering output: ${(error as Error).message}`;
      }
      return place;
    }),
  );
}

function drawOutput({ outputType, data, representations }: AppOutput): Node {
  switch (outputType) {
    case "terminal":
      return drawAnsi(data ?? "");
    case "markdown":
      return drawMarkdown(data ?? "");
    case "error":
      return drawError(data ?? "{}");
    default:
      return drawBundle(readContents(representations ?? {}));
  }
}

function drawError(data: string): Node {
  const { ename, evalue, traceback } = JSON.parse(data);
  const lines = Array.isArray(traceback) ? traceback : [traceback ?? ""];
  return drawAnsi([...ename && evalue ? [`${ename}: ${evalue}`] : [], ...lines].join("\n"));
}

function drawBundle(contents: Record<string, unknown>): Node {
  const mimeType = bestType(contents);
  if (mimeType === undefined) return document.createTextNode("No displayable content");
  const content = contents[mimeType];
  const text = String(content || "");
  switch (mimeType) {
    case "text/markdown":
      return drawMarkdown(text);
    case "text/html":
      return drawHtml(text);
    case "image/png":
    case "image/jpeg": {
      const picture = document.createElement("img");
      picture.src = pictureSource(mimeType, text);
      return picture;
    }
    case "image/svg+xml":
    case "image/svg":
      return drawSvg(text);
    case "text/plain":
      return drawAnsi(text);
    default:
      return drawAnsi(JSON.stringify(content, null, 2));
  }
}

/** Draws HTML. Its scripts run, so it is drawn in a frame only. */
function drawHtml(html: string): Node {
  refuseInPage();
  const block = document.createElement("div");
  block.append(document.createRange().createContextualFragment(html));
  return block;
}

/** Inserts the text into the document. For an artifact the text is its URL, so the page shows the URL. */
function drawSvg(svg: string): Node {
  refuseInPage();
  const block = document.createElement("div");
  block.innerHTML = svg;
  return block;
}

function refuseInPage(): void {
  if (self === top) throw new Error("This is drawn in a frame only");
}
