/**
 * Runs one cell and measures its times.
 *
 * @module
 */

import type { BenchCell } from "./cells.ts";
import type { Lane } from "./lane.ts";
import { type Piece, tokensOf } from "./paced_model.ts";
import { textAfterPieces } from "./text_after_pieces.ts";
import type { Seen } from "./witness.ts";

/** Times are in milliseconds. */
export interface CellRun {
  /** From a person's commit until another client sees it: one sync hop. */
  hop: number;
  /** From when the request is seen until the model request has arrived. */
  untilAsked: number;
  /** From the model's first piece of output until somebody sees it; of text only. */
  firstChunk: number[];
  /** As `firstChunk`, for the newest piece in each following event: the delay after the event is due. */
  laterChunks: number[];
  /** As `firstChunk`, for every piece of text, including the wait until the event is due. */
  everyPiece: number[];
  /** From the model's last byte until the cell is seen as completed. */
  untilCompleted: number;
  /** From the person's commit until the first output is seen. */
  firstOutput: number;
  /** From the person's commit until the cell is seen as completed. */
  whole: number;
  requests: number;
  /** The length of the model's calls, in tokens. */
  tokens: number;
  /** The events that the agent wrote. */
  events: number;
  /** The size of these events, as JSON. */
  bytes: number;
  /** The rate of output events between the first and the last one. */
  eventsPerSecond: number;
}

type ChunkTimes = Pick<CellRun, "firstChunk" | "laterChunks" | "everyPiece">;

/**
 * Adds a cell to a lane's notebook, runs it, and waits until it is completed.
 *
 * @param number the cell's number in the notebook, from 1
 */
export async function runCell({ witness, model }: Lane, cell: BenchCell, number: number): Promise<CellRun> {
  const [cellId, queueId] = [crypto.randomUUID(), crypto.randomUUID()];
  await witness.write(
    {
      name: "v2.CellCreated",
      args: {
        id: cellId,
        fractionalIndex: `a${number.toString(36).padStart(4, "0")}`,
        cellType: "code",
        createdBy: "person",
      },
    },
    { name: "v1.CellSourceChanged", args: { id: cellId, source: cell.source, modifiedBy: "person" } },
  );
  const firstExchange = model.exchanges.length;
  const before = witness.head;
  const writtenAt = await witness.write({
    name: "v1.ExecutionRequested",
    args: { queueId, cellId, executionCount: 1, requestedBy: "person" },
  });
  const isOfCell = ({ args }: Seen["event"]) => (args as { cellId?: string })?.cellId === cellId;
  const requested = await witness.event("v1.ExecutionRequested", before);
  const completed = await witness.event("v1.ExecutionCompleted", before, isOfCell);
  const exchanges = model.exchanges.slice(firstExchange);
  const log = witness.seen.filter(({ event }) => event.seqNum > before && event.seqNum <= completed.event.seqNum);
  const outputs = log.filter(({ event }) => event.name === cell.outputEvent);
  const own = log.filter(({ event }) => event !== requested.event && event.name !== "v1.RuntimeSessionRenewal");
  const [{ pieces }] = exchanges;
  return {
    hop: requested.at - writtenAt,
    untilAsked: exchanges[0].arrivedAt - requested.at,
    ...cell.tokens > 0 ? chunkTimes(pieces, outputs) : { firstChunk: [], laterChunks: [], everyPiece: [] },
    untilCompleted: completed.at - exchanges.at(-1)!.endedAt,
    firstOutput: outputs[0].at - writtenAt,
    whole: completed.at - writtenAt,
    requests: exchanges.length,
    tokens: tokensOf(pieces),
    events: own.length,
    bytes: own.reduce((sum, { event }) => sum + JSON.stringify(event).length, 0),
    eventsPerSecond: outputs.length < 2 ? 0 : (outputs.length - 1) * 1_000 / (outputs.at(-1)!.at - outputs[0].at),
  };
}

/** Computes how long each piece of text took until it was seen. */
function chunkTimes(pieces: readonly Piece[], outputs: readonly Seen[]): ChunkTimes {
  const lengths = textAfterPieces(pieces.map(({ text }) => text));
  const times: ChunkTimes = { firstChunk: [], laterChunks: [], everyPiece: [] };
  let shown = 0;
  for (const [index, { at, event }] of outputs.entries()) {
    const end = shown + (event.args as { content: { data: string } }).content.data.length;
    const waits = pieces
      .filter((_, piece) => lengths[piece] > shown && lengths[piece] <= end)
      .map((piece) => at - piece.at);
    times.everyPiece.push(...waits);
    if (index === 0) times.firstChunk.push(waits[0]);
    else times.laterChunks.push(waits.at(-1)!);
    shown = end;
  }
  return times;
}
