/**
 * Enforces the contract of {@linkcode Model} for models of other programs.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { ModelEvent, ModelRequest } from "./model.ts";
import { PassingModel } from "./passing_model.ts";

/** The number of characters of an unknown error that a cell shows. Some errors contain whole pages. */
const MAX_MESSAGE = 500;

/** Whether a value is a model: it has a name and a function `stream`. */
export function isModel(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, stream } = value as { name?: unknown; stream?: unknown };
  return typeof name === "string" && name.trim() !== "" && typeof stream === "function";
}

/**
 * Forwards requests to a model and enforces the contract for its answers. An error that is not a `ModelError` is converted into
 * one, an answer without a `finish` event counts as cut off, and an aborted request ends immediately even if the model ignores the
 * signal.
 */
export class CheckedModel extends PassingModel {
  override async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const { signal } = request;
    signal.throwIfAborted();
    let interrupt = (_reason: unknown) => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Leaves a model that observes the signal one turn of the event loop to close its connection.
    const onAbort = () => timer = setTimeout(() => interrupt(signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });
    let events: AsyncIterator<ModelEvent> | undefined;
    try {
      const iterator = events = this.model.stream(request)[Symbol.asyncIterator]();
      let isFinished = false;
      while (true) {
        const next = await new Promise<IteratorResult<ModelEvent>>((resolve, reject) => {
          interrupt = reject;
          iterator.next().then(resolve, reject);
        });
        if (next.done) break;
        isFinished ||= next.value.type === "finish";
        yield next.value;
      }
      signal.throwIfAborted();
      if (!isFinished) throw unfinished(this.name);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof ModelError ? error : failed(this.name, error);
    } finally {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      const ending = events?.return?.();
      // A model that ignores the signal may never end.
      if (signal.aborted) ending?.catch(() => {});
      else await ending;
    }
  }
}

function unfinished(name: string): ModelError {
  return new ModelError(
    "cut",
    `The answer of ${name} ended without saying why: its stream has no "finish" event. Run the cell again.`,
  );
}

function failed(name: string, error: unknown): ModelError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}...` : message;
  return new ModelError("server_error", `${name} failed: ${shown}`, { cause: error });
}
