/**
 * Base class for models that wrap another model.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "./model.ts";

/** Forwards the properties of another model. Subclasses decide how requests and answers are changed. */
export abstract class PassingModel implements Model {
  protected readonly model: Model;

  constructor(model: Model) {
    this.model = model;
  }

  get name(): string {
    return this.model.name;
  }

  get oneCallAReply(): boolean | undefined {
    return this.model.oneCallAReply;
  }

  get contextLength(): number | undefined {
    return this.model.contextLength;
  }

  /** Loads resources for the first request. If the model throws synchronously, the promise rejects. */
  async warmUp(): Promise<void> {
    await this.model.warmUp?.();
  }

  abstract stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
