/**
 * Writes Markdown tables.
 *
 * @module
 */

/**
 * Returns the lines of a table. Bars in its cells are escaped.
 *
 * @param head the titles of the columns
 * @param rows the cells of each row, as many as there are titles
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
