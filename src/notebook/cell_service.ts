/**
 * Serves a notebook's claimed requests: reads what a cell needs, hands it to whoever answers, and delivers what comes of it.
 *
 * @module
 */

import type { AnswerContext } from "../assistant/answer_context.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import type { CellFile } from "../execution/cell_file.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import type { Logger } from "../logger.ts";
import type { AiModel } from "./ai_model.ts";
import type { ClaimedRequest, Job, JobResult } from "./execution_queue.ts";
import { CellFiles } from "./files/cell_files.ts";
import {
  type ExecutionAmongFiles,
  readCellsAmongFiles,
  readExecutionsAmongFiles,
} from "./files/executions_among_files.ts";
import { readHistory } from "./history.ts";
import type { NotebookAddress } from "./notebook_address.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { CellDelivery } from "./output/cell_delivery.ts";
import { NotebookOutput } from "./output/notebook_output.ts";
import { Outbox } from "./output/outbox.ts";
import { type QuestionCell, readQuestion } from "./question_cell.ts";

/** A cell to execute, with everything that it needs. */
export interface CellJob extends Job {
  /** Where its outputs go. */
  context: ExecutionContext;
  /** The executions before it, oldest first. */
  history: readonly HistoryEntry[];
  /** The uploaded files that its code names. */
  files: readonly CellFile[];
}

/** An AI cell to answer, with everything that it needs. */
export interface QuestionJob extends ClaimedRequest, QuestionCell {
  /** Where the answer goes. */
  context: AnswerContext;
}

/** Who answers AI cells. */
export interface Assistant {
  /** The model that is announced. */
  model: AiModel;
  /** Answers one AI cell. */
  answer(job: QuestionJob): Promise<JobResult>;
}

/** Who serves a notebook's cells, and how much they are told. */
export interface CellServiceOptions extends NotebookAddress {
  /** How many characters are told of an uploaded file that a cell names, at most; with 0 none is fetched. */
  maxFileCharacters: number;
  /** Executes one cell. */
  execute(job: CellJob): Promise<JobResult>;
  /** Answers AI cells. Default: nobody does, and they are refused. */
  assistant?: Assistant;
  logger: Logger;
  /** Measures every wait. Default: the machine's clock. */
  clock?: Clock;
}

/** What serves the cells of one notebook. */
export class CellService {
  readonly #notebook: NotebookStore;
  readonly #actor: string;
  readonly #options: CellServiceOptions;
  readonly #files: CellFiles;

  /**
   * Makes the service of a notebook.
   *
   * @param actor who clears outputs, as the notebook's events name it
   * @param options who answers
   */
  constructor(notebook: NotebookStore, actor: string, options: CellServiceOptions) {
    this.#notebook = notebook;
    this.#actor = actor;
    this.#options = options;
    this.#files = new CellFiles({ ...options, notebook });
  }

  /** Executes a cell of code; what it shows last comes with the result. */
  async execute(job: Job): Promise<JobResult> {
    const { queueId } = job;
    return await this.#perform(job, async (context) => {
      const told = await this.#tellFiles(readExecutionsAmongFiles(this.#notebook, queueId), job, context);
      const history = readHistory(this.#notebook, queueId, told);
      return await this.#options.execute({ ...job, context, history, files: told.get(queueId) ?? [] });
    });
  }

  /** Answers AI cells, as {@linkcode CellService.execute} does with code; `undefined` where nobody answers. */
  get answer(): ((request: ClaimedRequest) => Promise<JobResult>) | undefined {
    const { assistant } = this.#options;
    return assistant && (async (request) =>
      await this.#perform(request, async (context) => {
        const told = await this.#tellFiles(readCellsAmongFiles(this.#notebook, request.cellId), request, context);
        return await assistant.answer({ ...request, ...readQuestion(this.#notebook, request, told), context });
      }));
  }

  #tellFiles(executions: readonly ExecutionAmongFiles[], { signal }: ClaimedRequest, context: NotebookOutput) {
    return this.#files.of(executions, signal, (reason) => context.waiting(reason));
  }

  async #perform(
    { cellId, requestedCount, signal }: ClaimedRequest,
    perform: (context: NotebookOutput) => Promise<JobResult>,
  ): Promise<JobResult> {
    const { syncUrl, authToken, notebookId, logger, clock = systemClock } = this.#options;
    const delivery = new CellDelivery(this.#notebook);
    const outbox = new Outbox(delivery, clock, signal);
    const context = new NotebookOutput({
      outbox,
      cellId,
      executionCount: requestedCount,
      actor: this.#actor,
      syncUrl,
      authToken,
      notebookId,
      signal,
      logger,
    });
    const result = await perform(context);
    return { ...result, lastOutputs: delivery.last };
  }
}
