/**
 * Serves a notebook's claimed requests: reads what a cell needs, has it executed or answered, and delivers the outputs.
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
import type { ClaimedRequest, Job, JobResult } from "./job.ts";
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

/** A cell to execute, with all its input. */
export interface CellJob extends Job {
  context: ExecutionContext;
  /** The earlier executions, oldest first. */
  history: readonly HistoryEntry[];
  /** The uploaded files that the code names. */
  files: readonly CellFile[];
}

/** An AI cell to answer, with all its input. */
export interface QuestionJob extends ClaimedRequest, QuestionCell {
  context: AnswerContext;
}

export interface Assistant {
  /** The model that the runtime session announces. */
  model: AiModel;
  answer(job: QuestionJob): Promise<JobResult>;
}

export interface CellServiceOptions extends NotebookAddress {
  /** The number of characters that the model receives of an uploaded file, at most. With 0 no file is fetched. */
  maxFileCharacters: number;
  execute(job: CellJob): Promise<JobResult>;
  /** Answers AI cells. Default: AI cells are refused. */
  assistant?: Assistant;
  logger: Logger;
  /** The clock for all delays. Default: the system's. */
  clock?: Clock;
}

export class CellService {
  readonly #notebook: NotebookStore;
  readonly #actor: string;
  readonly #options: CellServiceOptions;
  readonly #files: CellFiles;

  /** @param actor the name under which outputs are cleared: `runtime-<runtimeId>` */
  constructor(notebook: NotebookStore, actor: string, options: CellServiceOptions) {
    this.#notebook = notebook;
    this.#actor = actor;
    this.#options = options;
    this.#files = new CellFiles({ ...options, notebook });
  }

  /** Executes a code cell. The last outputs are part of the result, not yet committed. */
  async execute(job: Job): Promise<JobResult> {
    const { queueId } = job;
    return await this.#perform(job, async (context) => {
      const files = await this.#describeFiles(readExecutionsAmongFiles(this.#notebook, queueId), job, context);
      const history = readHistory(this.#notebook, queueId, files);
      return await this.#options.execute({ ...job, context, history, files: files.get(queueId) ?? [] });
    });
  }

  /** Answers an AI cell. Its last outputs, too, are part of the result. `undefined` without an assistant. */
  get answer(): ((request: ClaimedRequest) => Promise<JobResult>) | undefined {
    const { assistant } = this.#options;
    return assistant && (async (request) =>
      await this.#perform(request, async (context) => {
        const files = await this.#describeFiles(readCellsAmongFiles(this.#notebook, request.cellId), request, context);
        return await assistant.answer({ ...request, ...readQuestion(this.#notebook, request, files), context });
      }));
  }

  #describeFiles(executions: readonly ExecutionAmongFiles[], { signal }: ClaimedRequest, context: NotebookOutput) {
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
