/**
 * The events of a cell that runs.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";

/** The end of a cell as an agent writes it. */
export const done = (cellId: string, queueId: string, status: "success" | "error" = "success") =>
  events.executionCompleted({ queueId, cellId, status, completedAt: new Date(1), executionDurationMs: 1 });
