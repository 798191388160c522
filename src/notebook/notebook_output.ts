/**
 * The outputs of one execution, written into the notebook.
 *
 * @module
 */

import type { ExecutionContext, MimeBundle, MimeMetadata, StreamName } from "../execution/execution_context.ts";
import type { Outbox } from "./outbox.ts";
import { events } from "./schema/mod.ts";
import { inline, type Representations } from "./schema/media.ts";

/** What the outputs belong to. */
export interface NotebookOutputOptions {
  outbox: Outbox;
  cellId: string;
  /** The execution count of the request: the `n` of `Out[n]`. */
  executionCount: number;
  /** Who clears outputs, as the notebook names us: `runtime-<runtimeId>`. */
  actor: string;
}

/** An {@linkcode ExecutionContext} whose outputs become events of a notebook. */
export class NotebookOutput implements ExecutionContext {
  readonly #options: NotebookOutputOptions;
  #position = 0;

  constructor(options: NotebookOutputOptions) {
    this.#options = options;
  }

  stdout(text: string): void {
    this.#stream("stdout", text);
  }

  stderr(text: string): void {
    this.#stream("stderr", text);
  }

  executeResult(data: MimeBundle, metadata: MimeMetadata = {}): void {
    const { outbox, executionCount } = this.#options;
    const representations = toRepresentations(data, metadata);
    outbox.add(events.multimediaResultOutputAdded({ ...this.#nextOutput(), representations, executionCount }));
  }

  /**
   * Shows rich content. Three keys of the metadata act as IPython's own calls do: `display_id` names the display,
   * `update` changes the displays of that name in place, and `clear_output` (with `wait`) clears the cell's outputs.
   */
  display(data: MimeBundle, metadata: MimeMetadata = {}): void {
    const { outbox, cellId, actor } = this.#options;
    const { display_id: displayId, update, clear_output: clear, wait, ...rest } = metadata;
    if (clear === true) return outbox.add(events.cellOutputsCleared({ cellId, wait: wait === true, clearedBy: actor }));
    const representations = toRepresentations(data, rest);
    if (typeof displayId !== "string") {
      outbox.add(events.multimediaDisplayOutputAdded({ ...this.#nextOutput(), representations }));
    } else if (update === true) {
      outbox.add(events.multimediaDisplayOutputUpdated({ displayId, representations }));
    } else {
      outbox.add(events.multimediaDisplayOutputAdded({ ...this.#nextOutput(), representations, displayId }));
    }
  }

  error(ename: string, evalue: string, traceback: string[]): void {
    const content = inline({ ename, evalue, traceback });
    this.#options.outbox.add(events.errorOutputAdded({ ...this.#nextOutput(), content }));
  }

  flush(): Promise<void> {
    return this.#options.outbox.flush();
  }

  #stream(streamName: StreamName, text: string): void {
    if (text === "") return;
    this.#options.outbox.addText(streamName, text, () => {
      const output = this.#nextOutput();
      return (joined) => events.terminalOutputAdded({ ...output, content: inline(joined), streamName });
    });
  }

  /** The outputs of a cell are drawn in the order of their positions. */
  #nextOutput() {
    return { id: crypto.randomUUID(), cellId: this.#options.cellId, position: this.#position++ };
  }
}

function toRepresentations(data: MimeBundle, metadata: MimeMetadata): Representations {
  return Object.fromEntries(
    Object.entries(data).map(([mime, content]) => [mime, { ...inline(content), ...metadataOf(metadata[mime]) }]),
  );
}

function metadataOf(value: unknown): { metadata?: Record<string, unknown> } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { metadata: value as Record<string, unknown> }
    : {};
}
