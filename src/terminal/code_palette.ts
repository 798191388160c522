/**
 * Light colours for Python source: comments, strings, numbers, keywords.
 *
 * @module
 */

import type { CodePalette } from "../python/highlight_python.ts";
import type { Style } from "./style.ts";

/** Returns the colours of each kind of token in a cell. Names and operators have none. */
export function codePalette(style: Style): CodePalette {
  const keyword = (text: string) => style.paint("magenta", text);
  const string = (text: string) => style.paint("yellow", text);
  return {
    keyword,
    "word operator": keyword,
    number: (text) => style.paint("cyan", text),
    string,
    escape: string,
    interpolation: string,
    docstring: string,
    comment: (text) => style.paint("dim", text),
  };
}
