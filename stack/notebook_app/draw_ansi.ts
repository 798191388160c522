/**
 * Draws text with ANSI colours.
 *
 * @module
 */

const COLORS = ["black", "#b22", "#082", "#a60", "#04b", "#a0a", "#077", "#777"];

/** Of the control sequences in the text, only bold and the eight colours have an effect. */
export function drawAnsi(text: string): HTMLElement {
  const block = document.createElement("pre");
  let color = "";
  let bold = false;
  // deno-lint-ignore no-control-regex -- ESC begins a control sequence
  for (const [, codes, piece] of text.matchAll(/(?:\x1b\[([\d;]*)m)?([^\x1b]*)/g)) {
    for (const code of codes === undefined ? [] : codes.split(";").map(Number)) {
      if (code === 0) [color, bold] = ["", false];
      else if (code === 1) bold = true;
      else if (code === 39) color = "";
      else if (code >= 30 && code <= 37) color = COLORS[code - 30];
      else if (code >= 90 && code <= 97) color = COLORS[code - 90];
    }
    if (piece === "") continue;
    const span = document.createElement("span");
    span.style.color = color;
    span.style.fontWeight = bold ? "bold" : "";
    span.textContent = piece;
    block.append(span);
  }
  return block;
}
