/**
 * Brings a cell's outputs into ipykernel's order. Streams are buffered for a while, so a quick cell shows its stdout
 * before its stderr.
 *
 * @module
 */

import type { StreamName } from "../../src/execution/execution_context.ts";
import type { PythonEvent } from "./protocol.ts";

/** Milliseconds for which a text is buffered: ipykernel's `OutStream.flush_interval`. */
const FLUSH_INTERVAL_MS = 200;

/** The streams in the order in which all are flushed: before any other output, and at the cell's end. */
const STREAMS: readonly StreamName[] = ["stdout", "stderr"];

/**
 * Yields the events of a cell in the order in which ipykernel sends them.
 *
 * @param batches the cell's outputs as they arrive; a stream event without text flushes that stream
 * @throws the errors of reading the batches, after the buffered events
 */
export async function* orderStreams(
  batches: AsyncGenerator<PythonEvent[], void, void>,
): AsyncGenerator<PythonEvent[], void, void> {
  const kept = new Map<StreamName, { text: string; due: number }>();
  const flush = (names: readonly StreamName[]): PythonEvent[] =>
    names.flatMap((name) => {
      const text = kept.get(name)?.text;
      kept.delete(name);
      return text === undefined ? [] : [{ type: "stream" as const, name, text }];
    });
  const take = (event: PythonEvent): PythonEvent[] => {
    if (event.type === "call") return [...flush(STREAMS), event];
    if (event.text === "") return flush([event.name]);
    const { text = "", due = Date.now() + FLUSH_INTERVAL_MS } = kept.get(event.name) ?? {};
    kept.set(event.name, { text: text + event.text, due });
    return [];
  };
  let next = batches.next();
  for (;;) {
    let result: IteratorResult<PythonEvent[], void> | undefined;
    try {
      result = await withinTime(next, Math.min(...[...kept.values()].map(({ due }) => due - Date.now())));
    } catch (error) {
      yield flush(STREAMS);
      throw error;
    }
    const isPast = ([, { due }]: [StreamName, { due: number }]) => due <= Date.now();
    const events = result === undefined
      ? flush([...kept].filter(isPast).map(([name]) => name))
      : result.done
      ? flush(STREAMS)
      : result.value.flatMap(take);
    if (events.length > 0) yield events;
    if (result?.done) return;
    if (result !== undefined) next = batches.next();
  }
}

/** Resolves with `undefined` if the promise takes longer than the milliseconds, which may be infinite. */
async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  if (milliseconds === Infinity) return await promise;
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, milliseconds));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
