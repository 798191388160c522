/**
 * Converts texts to escaped, coloured HTML for a file.
 *
 * @module
 */

import { pythonLanguage } from "@codemirror/lang-python";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { ansiLines, type AnsiPiece } from "../output/ansi_lines.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes a text for an element or an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character]);
}

export function codeHtml(source: string): string {
  let html = "";
  highlightCode(
    source,
    pythonLanguage.parser.parse(source),
    classHighlighter,
    (text, classes) => {
      html += classes === "" ? escapeHtml(text) : `<span class="${classes}">${escapeHtml(text)}</span>`;
    },
    () => {
      html += "\n";
    },
  );
  return `<pre>${html}</pre>`;
}

/** @param kind a CSS class */
export function terminalHtml(text: string, kind = ""): string {
  const lines = ansiLines(text).map((pieces) => pieces.map(pieceHtml).join(""));
  return `<pre class="terminal ${kind}">${lines.join("\n")}</pre>`;
}

function pieceHtml({ text, className, color, background }: AnsiPiece): string {
  const style = [color && `color: ${color}`, background && `background: ${background}`].filter(Boolean).join("; ");
  if (className === "" && style === "") return escapeHtml(text);
  return `<span class="${className}" style="${style}">${escapeHtml(text)}</span>`;
}
