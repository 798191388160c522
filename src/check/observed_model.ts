/**
 * A model whose answers are observed: when they begin, how many pieces they have, and which error ends them.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "../execution/model.ts";
import { PassingModel } from "../execution/passing_model.ts";

/** Passes requests on to a model and records the properties of its answers. */
export class ObservedModel extends PassingModel {
  readonly #elapsed: () => number;
  /** The time until the first piece of the first answer, in milliseconds; absent until then. */
  beganAfterMs: number | undefined;
  /** The text outside of tool calls. */
  prose = "";
  /** The number of tool calls. */
  calls = 0;
  /** The number of pieces in which their arguments arrived. */
  pieces = 0;
  /** The error that ended the last answer; absent if it did not fail. */
  failure: unknown;

  /** @param elapsed returns the time since the beginning of the cell, in milliseconds */
  constructor(model: Model, elapsed: () => number) {
    super(model);
    this.#elapsed = elapsed;
  }

  override async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    this.failure = undefined;
    try {
      for await (const event of this.model.stream(request)) {
        this.#note(event);
        yield event;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  #note(event: ModelEvent): void {
    if (event.type === "waiting") return;
    this.beganAfterMs ??= this.#elapsed();
    if (event.type === "text") this.prose += event.delta;
    if (event.type === "tool_call") this.calls += 1;
    if (event.type === "tool_call_delta") this.pieces += 1;
  }
}
