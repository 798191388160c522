/**
 * The colors of source code in IPython's tracebacks: Pygments' style "default", with the changes of IPython 9.11's theme "neutral".
 *
 * @module
 */

import type { CodePalette } from "../../python/highlight_python.ts";

// Each style resets only what it sets, and keeps a background color.
const plain = (color: string) => (text: string) => `\x1b[${color}m${text}\x1b[39m`;
const bold = (color: string) => (text: string) => `\x1b[${color};01m${text}\x1b[39;00m`;
const italic = (color: string) => (text: string) => `\x1b[${color};03m${text}\x1b[39;00m`;

const BLUE = "34";
const YELLOW = "33";
const GREEN = "32";
/** Color number `n` of the 256-color palette. */
const of256 = (n: number) => `38;5;${n}`;

/** The style of each kind of token in a traceback. */
export const tracebackPalette: CodePalette = {
  keyword: bold(of256(28)),
  "word operator": bold(of256(129)),
  number: plain(GREEN),
  string: plain(YELLOW),
  escape: bold(of256(130)),
  interpolation: bold(of256(132)),
  docstring: italic(YELLOW),
  comment: italic(of256(66)),
  function: plain(BLUE),
  class: bold(BLUE),
  decorator: plain(of256(129)),
  builtin: plain(of256(28)),
  exception: bold(of256(167)),
  space: plain(of256(250)),
};
