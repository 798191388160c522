/**
 * Compares the end of a cell with its notebook file.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../../src/execution/cell_output.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import type { MimeBundle } from "../../src/media/mime_bundle.ts";

/** The final status of an execution, from its row in the queue. */
export type FinalStatus = "completed" | "failed" | "cancelled";

export interface CellOutcome {
  status: FinalStatus;
  outputs: readonly CellOutput[];
}

/** Characters of a value that a message shows. */
const SHOWN_LENGTH = 120;

/** Returns the status that recorded outputs imply: a cell with an error has failed. */
export function expectedStatus(recorded: readonly CellOutput[]): FinalStatus {
  return recorded.some(({ type }) => type === "error") ? "failed" : "completed";
}

/**
 * Lists the differences, one in each line; empty if the cell ended as recorded.
 *
 * @param exact whether the outputs must be the same, too. The text of streams, each recorded representation of
 * results and displays, and the name and the message of errors are compared. Tracebacks are not.
 */
export function findDifferences(recorded: readonly CellOutput[], outcome: CellOutcome, exact: boolean): string[] {
  const expected = expectedStatus(recorded);
  const differences = outcome.status === expected ? [] : [`it should have ${expected}, and has ${outcome.status}`];
  if (!exact) return differences;
  const before = joinStreams(recorded);
  const after = joinStreams(outcome.outputs);
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    differences.push(...compare(before[index], after[index]));
  }
  return differences;
}

function compare(expected: CellOutput | undefined, actual: CellOutput | undefined): string[] {
  if (expected === undefined) return [`there is one output more: ${show(actual)}`];
  if (actual === undefined) return [`an output is missing: ${show(expected)}`];
  if (expected.type === "stream" && actual.type === "stream" && expected.name === actual.name) {
    return compareValues(expected.name, expected.text, actual.text);
  }
  if (expected.type === "error" && actual.type === "error") {
    return [
      ...compareValues("the error's name", expected.ename, actual.ename),
      ...compareValues("the error's message", expected.evalue, actual.evalue),
    ];
  }
  if (isRich(expected) && isRich(actual) && expected.type === actual.type) {
    return Object.keys(expected.data).flatMap((mime) =>
      compareValues(mime, drawn(mime, expected.data[mime]), drawn(mime, actual.data[mime]))
    );
  }
  return [`an output should be ${show(expected)}, and is ${show(actual)}`];
}

function isRich(output: CellOutput): output is CellOutput & { data: MimeBundle } {
  return output.type === "execute_result" || output.type === "display_data";
}

/**
 * Returns the part of a representation to compare: without the root tag of an SVG, to which an agent adds attributes.
 */
function drawn(mime: string, content: JsonValue | undefined): JsonValue | undefined {
  return mime === "image/svg+xml" && typeof content === "string" ? content.replace(/^<svg\b[^>]*>/, "<svg>") : content;
}

function compareValues(what: string, expected: unknown, actual: unknown): string[] {
  return JSON.stringify(expected) === JSON.stringify(actual)
    ? []
    : [`${what} should be ${show(expected)}, and is ${show(actual)}`];
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}
