/**
 * A model whose answers are watched on their way: when they begin, in how many pieces they come, and what goes wrong.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "../execution/model.ts";
import { PassingModel } from "../execution/passing_model.ts";

/** Passes requests on to a model and remembers what its answers were like. */
export class ObservedModel extends PassingModel {
  readonly #elapsed: () => number;
  /** When the first piece of the first answer came, in milliseconds; absent until then. */
  beganAfterMs: number | undefined;
  /** What was written that is no tool call. */
  prose = "";
  /** How many tool calls were made. */
  calls = 0;
  /** In how many pieces their arguments came. */
  pieces = 0;
  /** What ended the last answer, if it failed. */
  failure: unknown;

  /**
   * @param model who answers
   * @param elapsed tells the milliseconds since the cell was begun
   */
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
