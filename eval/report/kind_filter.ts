/**
 * Draws radio buttons that show only the cells of one kind, without a script.
 *
 * @module
 */

import { Html, markup } from "./markup.ts";

/** The number of cells of a kind. */
export interface KindCount {
  kind: string;
  count: number;
}

/** Draws the buttons and the style that hides the other cells. The attribute `data-kind` of a cell is the index of its kind. */
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
