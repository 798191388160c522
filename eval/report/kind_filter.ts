/**
 * Radio buttons that leave only the cells of one kind on the page, without a script.
 *
 * @module
 */

import { Html, markup } from "./markup.ts";

/** A kind and how many cells of it are listed. */
export interface KindCount {
  /** Its name. */
  kind: string;
  /** How many. */
  count: number;
}

/** Draws the buttons, with the style that hides what is not chosen: a cell says by `data-kind` which of the kinds, from 0, it is of. */
export function kindFilter(kinds: readonly KindCount[]): Html {
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  const rules = kinds.map((_, index) =>
    `main:has(#kind-${index}:checked) .cell:not([data-kind="${index}"]){display:none}`
  );
  return markup`<style>${new Html(rules.join("\n"))}</style>
<fieldset class="filter"><legend>Show</legend>
<label><input type="radio" name="kind" checked="" /> all (${total})</label>
${
    kinds.map(({ kind, count }, index) =>
      markup`<label><input type="radio" name="kind" id="kind-${index}" /> ${kind} (${count})</label>`
    )
  }
</fieldset>`;
}
