/**
 * A model whose requests and replies are recorded on their way.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "../model.ts";
import type { CellRecorder } from "./cell_recorder.ts";

/** Passes requests on to a model, and records them. */
export class TracedModel implements Model {
  readonly #model: Model;
  readonly #recorder: CellRecorder;

  /**
   * @param model who answers
   * @param recorder records
   */
  constructor(model: Model, recorder: CellRecorder) {
    this.#model = model;
    this.#recorder = recorder;
  }

  get name(): string {
    return this.#model.name;
  }

  get oneCallAReply(): boolean | undefined {
    return this.#model.oneCallAReply;
  }

  get contextLength(): number | undefined {
    return this.#model.contextLength;
  }

  async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const recorder = this.#recorder.begin(request);
    try {
      for await (const event of this.#model.stream({ ...request, observer: recorder })) {
        recorder.take(event);
        yield event;
      }
    } catch (error) {
      recorder.fail(error);
      throw error;
    } finally {
      recorder.stop();
    }
  }
}
