/**
 * Reports an evaluation, for the terminal and as a page.
 *
 * @module
 */

export { formatComparison } from "./format_comparison.ts";
export { formatModels } from "./format_models.ts";
export { formatSummary } from "./format_summary.ts";
export { renderReport } from "./render_report.ts";
