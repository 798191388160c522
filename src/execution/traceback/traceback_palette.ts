/**
 * The colours of the source in IPython's tracebacks: Pygments' style "default" in 256 colours.
 *
 * @module
 */

import type { CodePalette } from "../../python/highlight_python.ts";

// Each ends what it begins and leaves a background alone.
const plain = (color: number) => (text: string) => `\x1b[38;5;${color}m${text}\x1b[39m`;
const bold = (color: number) => (text: string) => `\x1b[38;5;${color};01m${text}\x1b[39;00m`;
const italic = (color: number) => (text: string) => `\x1b[38;5;${color};03m${text}\x1b[39;00m`;

/** How each kind of source is painted in a traceback. */
export const tracebackPalette: CodePalette = {
  keyword: bold(28),
  "word operator": bold(129),
  operator: plain(241),
  number: plain(241),
  string: plain(124),
  docstring: italic(124),
  comment: italic(66),
  function: plain(21),
  class: bold(21),
  decorator: plain(129),
  builtin: plain(28),
  exception: bold(167),
};
