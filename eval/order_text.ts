/**
 * The order of displays and text as text that can be compared.
 *
 * @module
 */

import type { Shown } from "./eval_run.ts";

/**
 * Writes each stream with marks where displays are shown: `a\n[display 1]\nb\n`. The order of the two streams between
 * each other does not count, because a kernel sends them separately.
 *
 * @returns a text for each stream that has text; none without displays
 */
export function orderText({ stdout, stderr, places = [] }: Shown): string[] {
  if (places.length === 0) return [];
  return ([["stdout", stdout], ["stderr", stderr]] as const).flatMap(([name, text]) => {
    if (text === "") return [];
    const ends = [0, ...places.map((place) => place[name]), text.length];
    return ends.slice(1).map((end, nth) => {
      const piece = text.slice(ends[nth], end);
      return nth === places.length ? piece : `${piece}\n[display ${nth + 1}]\n`;
    }).join("");
  });
}
