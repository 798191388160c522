/**
 * Exports a notebook as one web page without scripts, which can be opened anywhere and printed. It names the model that simulated
 * the outputs.
 *
 * @module
 */

import { stringifyJson } from "../../../src/nbformat/json_text.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import { partOfQuestion } from "../file/ai_cells.ts";
import { attachmentUrls } from "../file/attachments.ts";
import type { OpenNotebookFile } from "../file/read_open_notebook.ts";
import { simulatorOf, simulatorsOf } from "../file/simulated_marks.ts";
import { convert } from "../output/safe_html.ts";
import { outputHtml } from "./html_output.ts";
import { codeHtml, escapeHtml, terminalHtml } from "./html_text.ts";
import { pageStyle } from "./page_style.ts";

/** Whatever the page contains, it may neither run scripts nor load anything. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export async function htmlFile(notebook: OpenNotebookFile): Promise<string> {
  const { title, metadata, cells } = notebook;
  const sections: string[] = [];
  for (const [index, cell] of cells.entries()) sections.push(await cellHtml(cell, simulatorOf(notebook, index)));
  const mark = metadata.aipython === undefined ? "" : stringifyJson(metadata.aipython);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="AIPython">
<meta name="aipython" content="${escapeHtml(mark)}">
<title>${escapeHtml(title)}</title>
<style>
${pageStyle()}</style>
</head>
<body>
${madeUpLine(simulatorsOf(notebook))}
<main>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

function madeUpLine(simulators: string | undefined): string {
  if (simulators === undefined) return "";
  return `<p class="made-up" role="note"><strong>Simulated outputs.</strong> ${
    escapeHtml(simulators)
  } made up the outputs ` +
    "of this notebook: no code was executed, and outputs can be wrong.</p>";
}

async function cellHtml(cell: FileCell, simulator: string | undefined): Promise<string> {
  const { type, source, executionCount, outputs, attachments } = cell;
  if (type === "raw") return `<section class="cell raw">${terminalHtml(source)}</section>`;
  if (type === "markdown") {
    const conversion = await convert({ kind: "markdown", source }, attachmentUrls(attachments));
    const html = "html" in conversion ? `<div class="markdown">${conversion.html}</div>` : terminalHtml(source);
    const part = partOfQuestion(cell);
    const by = part === undefined ? "" : `<p class="by">${part === "question" ? "Asked" : "Answered by the AI"}</p>`;
    return `<section class="cell text ${part ?? ""}">${by}${html}</section>`;
  }
  const drawn: string[] = [];
  for (const output of outputs) drawn.push(await outputHtml(output));
  const by = simulator === undefined ? "" : `<p class="by">Output made up by ${escapeHtml(simulator)}</p>`;
  return `<section class="cell code"><div class="prompt">In [${executionCount ?? " "}]:</div>${codeHtml(source)}
<div class="outputs">${drawn.join("\n")}${by}</div></section>`;
}
