/**
 * The outputs of one execution, written into the notebook.
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
import { waitingNote } from "../schema/waiting_note.ts";

/** What the outputs belong to. */
export interface NotebookOutputOptions extends NotebookAddress {
  outbox: Outbox;
  cellId: string;
  /** The count that the request carries, which a client draws as `Out[n]`. */
  executionCount: number;
  /** Who clears outputs, as the notebook names us: `runtime-<runtimeId>`. */
  actor: string;
  /** Ends uploads, as it ends the outbox. */
  signal: AbortSignal;
  logger: Logger;
}

/** By these metadata the app's own runtimes tell an answer in a notebook from other Markdown. */
const ANSWER = { anode: { role: "assistant" } };

/** An {@linkcode ExecutionContext} whose outputs become events of a notebook. */
export class NotebookOutput implements ExecutionContext, AnswerContext {
  readonly #options: NotebookOutputOptions;
  #position = 0;
  /** Where it is said what is waited for, while that is so. */
  #wait: { id: string; cellId: string; position: number } | undefined;
  /** The answer that grows: its id, and how many deltas have followed it. */
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

  /** Begins with an output and goes on with deltas: the app draws those of Markdown, unless two such outputs stand together. */
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

  /** Written as a text of stderr, which is emptied when the wait is over: of an output that is added again the last one counts. */
  waiting(reason?: string): void {
    this.#wait ??= this.#nextOutput();
    const content = waitingNote(reason);
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

  /** Takes the place in the order now; drawing and uploading may follow. */
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

  /** The outputs of a cell are drawn in the order of their positions. */
  #nextOutput() {
    this.#answer = undefined;
    return { id: crypto.randomUUID(), cellId: this.#options.cellId, position: this.#position++ };
  }
}
