/**
 * Measures how much cells and an attached agent add to a notebook's log, on the local stack.
 *
 * @module
 */

import { AIPythonAgent } from "../../mod.ts";
import { type LoggedEvent, readLog } from "../../soak/read_log.ts";
import { NotebookClient } from "../../stack/demo/notebook_client.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startOfflineModel } from "../../stack/offline_model/offline_model.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import type { LogCosts, LogShare } from "./bill.ts";

const quietCell = "2 + 3";

/** Four characters sixty times a second: about the pace of a model. */
const streamingCell = (seconds: number) =>
  `import time
for _ in range(60 * ${seconds}):
    print("four", end="", flush=True)
    time.sleep(1 / 60)`;

/** The quiet cell, with a figure of 20 KB before its value: a plot has 10 to 30 KB. */
const figureCell = `from IPython.display import SVG, display
mark = '<circle cx="160" cy="120" r="2" fill="#1f77b4"/>'
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240">' + mark * 425 + '</svg>'))
${quietCell}`;

const renewal = "v1.RuntimeSessionRenewal";

/**
 * Runs the cells, and reads their events from the log.
 *
 * @param streamedSeconds how long the streaming cell prints
 * @param signal aborts the measurement
 */
export async function measureLogCosts(streamedSeconds: number, signal: AbortSignal): Promise<LogCosts> {
  await using server = await startSyncServer({ signal });
  await using model = await startOfflineModel({ signal });
  const place = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
  const agent = new AIPythonAgent({ ...place, apiKey: model.apiKey, baseUrl: model.url, model: model.name });
  await using client = await NotebookClient.open(place, signal);
  const cells = [quietCell, streamingCell(streamedSeconds), figureCell].map((source) => ({
    type: "code" as const,
    source,
    metadata: {},
    outputs: [],
  }));
  const cellIds = client.create(place.notebookId, { title: "Cost", cells });
  await agent.start();
  try {
    await client.runtimeReady(signal);
    for (const cellId of cellIds) await client.run(cellId, () => {}, signal);
  } finally {
    await agent.shutdown();
  }
  const log = await readLog(place);
  const [quiet, streaming, figure] = cellIds.map((cellId) => share(eventsOfCell(log, cellId)));
  const renewals = share(log.filter(({ name }) => name === renewal));
  return {
    cell: quiet,
    streamedSecond: {
      events: (streaming.events - quiet.events) / streamedSeconds,
      bytes: (streaming.bytes - quiet.bytes) / streamedSeconds,
    },
    figure: { events: figure.events - quiet.events, bytes: figure.bytes - quiet.bytes },
    renewal: { events: 1, bytes: renewals.bytes / renewals.events },
    attachment: share(log.filter(({ name }) => name.startsWith("v1.RuntimeSession") && name !== renewal)),
  };
}

/** The fields that name the cell or a request to run it. */
function eventsOfCell(log: LoggedEvent[], cellId: string): LoggedEvent[] {
  const named = (args: LoggedEvent["args"]) => args?.cellId === cellId || args?.id === cellId;
  const queueIds = log.filter(({ args }) => named(args) && args.queueId !== undefined).map(({ args }) => args.queueId);
  return log.filter(({ args }) => named(args) || queueIds.includes(args?.queueId));
}

/** Returns the size of an event's row, as sync-cf stores it. */
function storedBytes({ name, args, clientId }: LoggedEvent): number {
  const texts = [name, JSON.stringify(args ?? null), clientId, "static", new Date(0).toISOString()];
  // Besides its five texts, a row has two numbers of up to 4 bytes and a header of about a byte a column.
  return texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 2 * 4 + 12);
}

function share(events: LoggedEvent[]): LogShare {
  return { events: events.length, bytes: events.reduce((sum, event) => sum + storedBytes(event), 0) };
}
