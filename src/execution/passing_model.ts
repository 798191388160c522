/**
 * A model that stands in front of another one.
 *
 * @module
 */

import type { Model, ModelEvent, ModelRequest } from "./model.ts";

/** Answers as another model does; what it makes of requests and answers on their way is up to those that extend it. */
export abstract class PassingModel implements Model {
  /** Who answers. */
  protected readonly model: Model;

  /** @param model who answers */
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

  /** Loads what the first request needs. What that throws at once is a rejection, too. */
  async warmUp(): Promise<void> {
    await this.model.warmUp?.();
  }

  abstract stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
