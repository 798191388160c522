/**
 * Fills a notebook with the log of a long session.
 *
 * @module
 */

import type { Witness, Written } from "./witness.ts";

/** The most events in one write. A frame then stays far below a server's limit. */
const BATCH = 100;

/** Texts that a cell of the session printed, one event each. */
const TEXTS = 5;

const AT = "2026-01-01T00:00:00.000Z";

/** Writes this many events: cells are added, run, and print text. */
export async function fillNotebook(witness: Witness, count: number): Promise<void> {
  const log = session();
  for (let written = 0; written < count;) {
    const batch = Array.from({ length: Math.min(BATCH, count - written) }, () => log.next().value);
    await witness.write(...batch);
    written += batch.length;
    // Nothing reads them.
    witness.seen.length = 0;
  }
}

/** The events of a session without an end. */
function* session(): Generator<Written, never> {
  for (let number = 0;; number++) yield* cellEvents(number);
}

function* cellEvents(number: number): Generator<Written, void> {
  const [cellId, queueId] = [`cell-${number}`, `request-${number}`];
  const fractionalIndex = `a${number.toString(36).padStart(4, "0")}`;
  const source = `for i in range(${TEXTS}):\n    print(i, i ** ${number})`;
  yield { name: "v2.CellCreated", args: { id: cellId, fractionalIndex, cellType: "code", createdBy: "person" } };
  yield { name: "v1.CellSourceChanged", args: { id: cellId, source, modifiedBy: "person" } };
  yield { name: "v1.CellOutputsCleared", args: { cellId, wait: false, clearedBy: "person" } };
  yield { name: "v1.ExecutionRequested", args: { queueId, cellId, executionCount: 1, requestedBy: "person" } };
  yield { name: "v1.ExecutionAssigned", args: { queueId, runtimeSessionId: "earlier" } };
  yield { name: "v1.ExecutionStarted", args: { queueId, cellId, runtimeSessionId: "earlier", startedAt: AT } };
  yield { name: "v1.CellOutputsCleared", args: { cellId, wait: false, clearedBy: "runtime" } };
  for (let text = 0; text < TEXTS; text++) {
    const content = { type: "inline", data: `${text} ${text ** number}\n` };
    const id = `output-${number}-${text}`;
    yield { name: "v1.TerminalOutputAdded", args: { id, cellId, position: text, content, streamName: "stdout" } };
  }
  yield {
    name: "v1.ExecutionCompleted",
    args: { queueId, cellId, status: "success", completedAt: AT, executionDurationMs: 500 },
  };
}
