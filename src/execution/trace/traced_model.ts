/**
 * A model that records its requests and replies.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "../model.ts";
import type { ObservedRequest } from "../observed_request.ts";
import { PassingModel } from "../passing_model.ts";
import type { CellRecorder } from "./cell_recorder.ts";

export class TracedModel extends PassingModel {
  readonly #recorder: CellRecorder;

  constructor(model: Model, recorder: CellRecorder) {
    super(model);
    this.#recorder = recorder;
  }

  override async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const recorder = this.#recorder.begin(request);
    const observed: ObservedRequest = { ...request, observer: recorder };
    try {
      for await (const event of this.model.stream(observed)) {
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
