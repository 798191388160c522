/**
 * Writes the outputs of one execution to the notebook.
 *
 * @module
 */

import type { NotebookAddress } from "../notebook_address.ts";
import type { AnswerContext } from "../../assistant/answer_context.ts";
import { readDisplayDirective } from "../../execution/display_directive.ts";
import type { ExecutionContext, StreamName } from "../../execution/execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { Logger } from "../../logger.ts";
import { normalizeBundle } from "../../media/normalize_bundle.ts";
import { uploadArtifact } from "./artifacts.ts";
import type { NotebookEvent } from "../notebook_store.ts";
import type { Outbox } from "./outbox.ts";
import { toRepresentations } from "./representations.ts";
import { errorContent } from "../schema/error_content.ts";
import { inline, type Representations } from "../schema/media.ts";
import { events } from "../schema/mod.ts";
import { waitStatus } from "../schema/wait_status.ts";

/** The cell and the execution to which the outputs belong, and their destination. */
export interface NotebookOutputOptions extends NotebookAddress {
  outbox: Outbox;
  cellId: string;
  /** The count from the request, which clients show as `Out[n]`. */
  executionCount: number;
  /** The name under which outputs are cleared: `runtime-<runtimeId>`. */
  actor: string;
  /** Aborts uploads. The outbox has the same signal. */
  signal: AbortSignal;
  logger: Logger;
}

/** The metadata by which the app's own runtimes distinguish an answer from other Markdown. */
const ANSWER = { anode: { role: "assistant" } };

/** An {@linkcode ExecutionContext} whose outputs become events of a notebook. */
export class NotebookOutput implements ExecutionContext, AnswerContext {
  readonly #options: NotebookOutputOptions;
  #position = 0;
  /** The status message that is shown while the cell waits. */
  #wait: { id: string; cellId: string; position: number } | undefined;
  /** The current answer: the id of its output, and the number of deltas that were appended. */
  #answer: { outputId: string; deltas: number } | undefined;

  constructor(options: NotebookOutputOptions) {
    this.#options = options;
  }

  stdout(text: string): void {
    this.#stream("stdout", text);
  }

  stderr(text: string): void {
    this.#stream("stderr", text);
  }

  executeResult(data: MimeBundle, metadata?: MimeMetadata): void {
    const { executionCount } = this.#options;
    const output = this.#nextOutput();
    this.#addBundle(
      data,
      metadata,
      (representations) => events.multimediaResultOutputAdded({ ...output, representations, executionCount }),
    );
  }

  display(data: MimeBundle, metadata?: MimeMetadata): void {
    const { outbox, cellId, actor } = this.#options;
    const directive = readDisplayDirective(metadata);
    if (directive.type === "clear") {
      return outbox.add(events.cellOutputsCleared({ cellId, wait: directive.wait, clearedBy: actor }));
    }
    const { displayId } = directive;
    if (directive.type === "update") {
      return this.#addBundle(
        data,
        directive.metadata,
        (representations) => events.multimediaDisplayOutputUpdated({ displayId: directive.displayId, representations }),
      );
    }
    const output = this.#nextOutput();
    this.#addBundle(
      data,
      directive.metadata,
      (representations) =>
        events.multimediaDisplayOutputAdded({
          ...output,
          representations,
          ...displayId !== undefined && { displayId },
        }),
    );
  }

  /** Starts with an output and continues with deltas. The app draws those of Markdown, except if two such outputs are adjacent. */
  markdown(text: string): void {
    if (text === "") return;
    this.#options.outbox.addText("markdown", text, () => {
      if (this.#answer !== undefined) {
        const { outputId } = this.#answer;
        const sequenceNumber = this.#answer.deltas++;
        return (delta) => events.markdownOutputAppended2({ id: crypto.randomUUID(), outputId, delta, sequenceNumber });
      }
      const output = this.#nextOutput();
      this.#answer = { outputId: output.id, deltas: 0 };
      return (joined) => events.markdownOutputAdded({ ...output, content: { ...inline(joined), metadata: ANSWER } });
    });
  }

  takeBack(): void {
    const { outbox, cellId, actor } = this.#options;
    this.#answer = undefined;
    outbox.add(events.cellOutputsCleared({ cellId, wait: false, clearedBy: actor }));
  }

  error(ename: string, evalue: string, traceback: string[]): void {
    const content = errorContent({ ename, evalue, traceback });
    this.#options.outbox.add(events.errorOutputAdded({ ...this.#nextOutput(), content }));
  }

  /** Shown as stderr and emptied when the wait is over: if an output is added again with the same id, the last content counts. */
  waiting(reason?: string): void {
    this.#wait ??= this.#nextOutput();
    const content = waitStatus(reason);
    this.#options.outbox.add(events.terminalOutputAdded({ ...this.#wait, content, streamName: "stderr" }));
    if (reason === undefined) this.#wait = undefined;
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

  /** Reserves the position of the output immediately. Conversion and upload may take longer. */
  #addBundle(
    data: MimeBundle,
    metadata: MimeMetadata | undefined,
    toEvent: (representations: Representations) => NotebookEvent,
  ): void {
    const { outbox, logger, signal, syncUrl, authToken, notebookId } = this.#options;
    const bundle = normalizeBundle(data, metadata);
    for (const loss of bundle.dropped) logger.debug("a part of an output was not shown", { loss });
    const representations = toRepresentations(
      bundle,
      (mimeType, bytes) => uploadArtifact({ syncUrl, authToken, notebookId, mimeType, bytes, signal }),
      logger,
    );
    outbox.add(representations instanceof Promise ? representations.then(toEvent) : toEvent(representations));
  }

  /** Assigns an id and the next position; the app shows outputs in the order of their positions. */
  #nextOutput() {
    this.#answer = undefined;
    return { id: crypto.randomUUID(), cellId: this.#options.cellId, position: this.#position++ };
  }
}
