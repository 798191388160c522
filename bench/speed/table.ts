/**
 * The bench's table, for a terminal and for a README.
 *
 * @module
 */

import { isKept, type Measurement, ratioOf, type Unit } from "./measurement.ts";

const HEAD = ["what", "ours", "baseline", "ratio", "limit", "kept"];

export function formatText(measurements: readonly Measurement[]): string {
  const rows = [HEAD, ...measurements.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: string[]) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}

export function formatMarkdown(measurements: readonly Measurement[]): string {
  const rows = [HEAD, HEAD.map((_, column) => column === 0 ? "---" : "---:"), ...measurements.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function cells(measurement: Measurement): string[] {
  const { title, unit, ours, beside, limit } = measurement;
  const ratio = ratioOf(measurement);
  const kept = isKept(measurement);
  return [
    title,
    formatValue(ours, unit),
    beside === undefined ? "" : formatValue(beside, unit),
    ratio === undefined ? "" : `${ratio.toPrecision(ratio < 1 ? 2 : 3)}`,
    limit === undefined ? "" : [limit.from, formatValue(limit.value, unit)].filter(Boolean).join(" = "),
    kept === undefined ? "" : kept ? "yes" : "NO",
  ];
}

/** Formats a number with its unit, with about three digits. */
export function formatValue(value: number, unit: Unit): string {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  const number = value.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: digits });
  switch (unit) {
    case "ms":
      return `${number} ms`;
    case "count":
      return number;
    case "bytes":
      return `${number} B`;
    case "share":
      return `${(value * 100).toFixed(1)} %`;
  }
}
