/**
 * Every event of the notebook's contract twice: as this package commits it, and as the web app writes it on the wire.
 *
 * Together the events are one history, so that each has something to change: cells are made, moved and run, and one is cleared.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";

/** An event in both forms. */
export interface ContractEvent {
  /** The event as it is committed. */
  event: NotebookEvent;
  /** The event's arguments on the wire. Absent for an event without arguments. */
  args?: { [key: string]: JsonValue };
}

const time = "2026-02-03T04:05:06.789Z";
const date = new Date(time);

const same = <Args extends { [key: string]: JsonValue }>(make: (args: Args) => NotebookEvent, args: Args) => ({
  event: make(args),
  args,
});

/** Returns an event with dates, which are `Date` objects when committed and ISO 8601 on the wire. */
const dated = <Args extends { [key: string]: JsonValue | Date }>(make: (args: Args) => NotebookEvent, args: Args) => ({
  event: make(args),
  args: Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, value instanceof Date ? time : value]),
  ),
});

const inline = (data: JsonValue, metadata?: { [key: string]: JsonValue }) =>
  metadata === undefined ? { type: "inline" as const, data } : { type: "inline" as const, data, metadata };
const artifact = (artifactId: string) => ({ type: "artifact" as const, artifactId });
const error = { ename: "ZeroDivisionError", evalue: "division by zero", traceback: ["\u001b[31mTraceback\u001b[0m"] };

/** The events, in an order in which a notebook could have them. */
export const contractEvents: readonly ContractEvent[] = [
  same(events.debug, { id: "d" }),
  same(events.notebookInitialized, { id: "n", title: "Untitled", ownerId: "owner" }),
  same(events.notebookTitleChanged, { title: "Primes", actorId: "ada" }),
  same(events.notebookMetadataSet, { key: "runtimeType", value: "python" }),
  dated(events.fileUploaded, {
    artifactId: "n/1",
    mimeType: "text/csv",
    fileName: "a.csv",
    createdAt: date,
    createdBy: "ada",
    fileUrl: "/api/artifacts/n/1",
  }),
  dated(events.fileUploaded, {
    artifactId: "n/2",
    mimeType: "text/csv",
    fileName: "b.csv",
    createdAt: date,
    createdBy: "ada",
  }),
  same(events.fileDeleted1, { fileName: "b.csv" }),
  dated(events.fileDeleted2, { fileName: "a.csv", deletedAt: date }),

  same(events.cellCreated1, { id: "c1", cellType: "code", position: 1.5, createdBy: "ada", actorId: "ada" }),
  same(events.cellCreated2, { id: "c2", fractionalIndex: "a1V", cellType: "markdown", createdBy: "ada" }),
  same(events.cellCreated2, { id: "c3", fractionalIndex: "a2", cellType: "raw", createdBy: "ada", actorId: "ada" }),
  same(events.cellSourceChanged, { id: "c1", source: "print('é 😀')\n", modifiedBy: "ada" }),
  same(events.cellTypeChanged, { id: "c2", cellType: "sql", actorId: "ada" }),
  same(events.cellDeleted, { id: "c3", actorId: "ada" }),
  same(events.cellMoved1, { id: "c1", newPosition: 40, actorId: "ada" }),
  same(events.cellMoved2, { id: "c2", fractionalIndex: "a0", actorId: "ada" }),
  same(events.cellSourceVisibilityToggled, { id: "c1", sourceVisible: false, actorId: "ada" }),
  same(events.cellOutputVisibilityToggled, { id: "c1", outputVisible: false, actorId: "ada" }),
  same(events.cellAiContextVisibilityToggled, { id: "c1", aiContextVisible: false, actorId: "ada" }),
  same(events.aiSettingsChanged, {
    cellId: "c1",
    provider: "openai",
    model: "gpt-4o-mini",
    settings: { temperature: 0.5, maxTokens: 100, systemPrompt: "Be brief." },
  }),
  same(events.sqlConnectionChanged, { cellId: "c2", connectionId: "db", changedBy: "ada" }),
  same(events.sqlResultVariableChanged, { cellId: "c2", resultVariable: "df", changedBy: "ada" }),
  same(events.presenceSet, { userId: "ada", cellId: "c1" }),
  same(events.actorProfileSet, { id: "ada", type: "human", displayName: "Ada", avatar: "/ada.png" }),
  dated(events.toolApprovalRequested, {
    toolCallId: "t",
    cellId: "c1",
    toolName: "create_cell",
    arguments: { source: "1" },
    requestedAt: date,
  }),
  dated(events.toolApprovalResponded, {
    toolCallId: "t",
    status: "approved_once",
    approvedBy: "ada",
    respondedAt: date,
  }),

  same(events.runtimeSessionStarted, {
    sessionId: "s",
    runtimeId: "r",
    runtimeType: "python",
    capabilities: {
      canExecuteCode: true,
      canExecuteSql: false,
      canExecuteAi: false,
      availableAiModels: [{ name: "m" }],
    },
  }),
  same(events.runtimeSessionStatusChanged, { sessionId: "s", status: "ready" }),
  dated(events.runtimeSessionRenewal, { sessionId: "s", renewedAt: date, validForMs: 30_000 }),
  same(events.executionRequested, {
    queueId: "q1",
    cellId: "c1",
    executionCount: 1,
    requestedBy: "ada",
    actorId: "ada",
  }),
  same(events.multipleExecutionRequested, {
    requestedBy: "ada",
    cellsInfo: [{ id: "c1", executionCount: 2, queueId: "q2" }, { id: "c2", executionCount: 3, queueId: "q3" }],
    actorId: "ada",
  }),
  same(events.executionAssigned, { queueId: "q1", runtimeSessionId: "s" }),
  dated(events.executionStarted, { queueId: "q1", cellId: "c1", runtimeSessionId: "s", startedAt: date }),
  same(events.cellOutputsCleared, { cellId: "c1", wait: false, clearedBy: "runtime-r" }),
  same(events.allOutputsCleared, { clearedBy: "ada" }),
  same(events.terminalOutputAdded, {
    id: "o1",
    cellId: "c1",
    position: 0,
    content: inline("hello\n"),
    streamName: "stdout",
  }),
  same(events.terminalOutputAppended1, { id: "o2", cellId: "c1", position: 1, content: inline("more") }),
  same(events.terminalOutputAppended2, { id: "o3", outputId: "o1", delta: "and more", sequenceNumber: 0 }),
  same(events.multimediaDisplayOutputAdded, {
    id: "o4",
    cellId: "c1",
    position: 2,
    representations: { "image/png": artifact("n/3"), "text/plain": inline("<Figure>", { isolated: true }) },
    displayId: "figure",
  }),
  same(events.multimediaDisplayOutputAdded, {
    id: "o5",
    cellId: "c1",
    position: 3,
    representations: { "application/json": inline({ a: [1, null] }) },
  }),
  same(events.multimediaDisplayOutputUpdated, {
    displayId: "figure",
    representations: { "text/plain": inline("<Figure 2>") },
  }),
  same(events.multimediaResultOutputAdded, {
    id: "o6",
    cellId: "c1",
    position: 4,
    representations: { "text/plain": inline("5") },
    executionCount: 1,
  }),
  same(events.errorOutputAdded, { id: "o7", cellId: "c1", position: 5, content: inline(error) }),
  same(events.markdownOutputAdded, { id: "o8", cellId: "c1", position: 6.5, content: artifact("n/4") }),
  same(events.markdownOutputAppended1, { id: "o9", cellId: "c1", position: 7, content: inline("*more*") }),
  same(events.markdownOutputAppended2, { id: "o10", outputId: "o8", delta: "*and more*", sequenceNumber: 1 }),
  dated(events.executionCompleted, {
    queueId: "q1",
    cellId: "c1",
    status: "error",
    error: "ZeroDivisionError: division by zero",
    completedAt: date,
    executionDurationMs: 12,
  }),
  same(events.executionCancelled, {
    queueId: "q2",
    cellId: "c1",
    cancelledBy: "ada",
    reason: "stopped",
    actorId: "ada",
  }),
  { event: events.allExecutionsCancelled() },
  same(events.cellOutputsCleared, { cellId: "c2", wait: true, clearedBy: "ada" }),
  same(events.runtimeSessionTerminated, { sessionId: "s", reason: "displaced" }),
];
