/**
 * Publishes a cell's outputs in order, as they arrive.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { CellOutput, DisplayDataOutput, ExecuteResultOutput } from "../../execution/cell_output.ts";
import type { StreamName } from "../../execution/execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { OutputChange } from "../../shell/cell_outputs.ts";
import type { JsonObject } from "../message.ts";
import { TextPace } from "./text_pace.ts";

/** An output with several representations. */
export type RichOutput = DisplayDataOutput | ExecuteResultOutput;

/** Adds representations that more front ends can show. Returns the output itself, not a promise, if there is nothing to add. */
export type Illustrate = <Output extends RichOutput>(output: Output) => Output | Promise<Output>;

export interface CellPublisherOptions {
  publish(type: string, content: JsonObject): void;
  /** The `n` of `Out[n]`. */
  executionCount: number;
  /** Whether results are not published. */
  isSilent: boolean;
  /** Whether text on stdout is collected for the pager. */
  isPaged: boolean;
  illustrate: Illustrate;
  clock: Clock;
}

type Outgoing = [type: string, content: JsonObject];

export class CellPublisher {
  readonly #options: CellPublisherOptions;
  readonly #pace: TextPace;
  /** The messages that wait for an unfinished one. */
  readonly #waiting: (Outgoing | Promise<Outgoing>)[] = [];
  #draining: Promise<void> | undefined;
  #paged = "";

  constructor(options: CellPublisherOptions) {
    this.#options = options;
    this.#pace = new TextPace(options.clock, (name, text) => this.#send(["stream", { name, text }]));
  }

  /** The text that was collected for the pager. */
  get paged(): string {
    return this.#paged;
  }

  change(change: OutputChange): void {
    if (change.type === "added") return this.#add(change.output);
    this.#pace.flush();
    if (change.type === "cleared") return this.#send(["clear_output", { wait: change.isForNext === true }]);
    this.#sendRich(change.output, (output) => ["update_display_data", {
      ...contentOf(output),
      transient: { display_id: change.displayId },
    }]);
  }

  text(name: StreamName, text: string): void {
    this.#pace.add(name, text);
  }

  /** Resolves when everything is published. */
  async end(): Promise<void> {
    this.#pace.flush();
    await this.#draining;
  }

  #add(output: CellOutput): void {
    const { isPaged, isSilent, executionCount } = this.#options;
    if (output.type === "stream") {
      if (isPaged && output.name === "stdout") this.#paged += output.text;
      else this.#pace.add(output.name, output.text);
      return;
    }
    this.#pace.flush();
    switch (output.type) {
      case "error": {
        const { ename, evalue, traceback } = output;
        return this.#send(["error", { ename, evalue, traceback }]);
      }
      case "display_data":
        return this.#sendRich(
          output,
          (shown) => ["display_data", { ...contentOf(shown), transient: transientOf(shown) }],
        );
      case "execute_result":
        if (isSilent) return;
        return this.#sendRich(output, (shown) => ["execute_result", {
          ...contentOf(shown),
          execution_count: executionCount,
        }]);
    }
  }

  #sendRich<Output extends RichOutput>(output: Output, messageOf: (output: Output) => Outgoing): void {
    const illustrated = this.#options.illustrate(output);
    this.#send(illustrated instanceof Promise ? illustrated.then(messageOf) : messageOf(illustrated));
  }

  /** Publishes immediately, or after the messages that are unfinished. */
  #send(outgoing: Outgoing | Promise<Outgoing>): void {
    if (this.#draining === undefined && !(outgoing instanceof Promise)) return this.#options.publish(...outgoing);
    this.#waiting.push(outgoing);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    for (let next; (next = this.#waiting.shift()) !== undefined;) this.#options.publish(...await next);
    this.#draining = undefined;
  }
}

/** The data and the metadata of an output. The display id is sent separately. */
function contentOf({ data, metadata = {} }: RichOutput): { data: MimeBundle; metadata: MimeMetadata } {
  const { display_id: _, ...kept } = metadata;
  return { data, metadata: kept };
}

function transientOf({ metadata }: DisplayDataOutput): JsonObject {
  const name = metadata?.display_id;
  return name === undefined ? {} : { display_id: name };
}
