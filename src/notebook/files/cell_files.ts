/**
 * What the model is told of the uploaded files that a notebook's cells name.
 *
 * @module
 */

import { systemClock } from "../../async/clock.ts";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeGoneFile, describeUnreadableFile } from "../../files/untold_file.ts";
import { RecentMap } from "../../recent_map.ts";
import type { ExecutedCode } from "../history.ts";
import type { NotebookStore } from "../notebook_store.ts";
import { ArtifactError } from "../output/artifacts.ts";
import { FileDescriptions, type FileDescriptionsOptions } from "./file_descriptions.ts";
import { type NamedFile, readNamedFiles } from "./named_files.ts";

/** How many executions are remembered with the files that they named: more than the history has with their outputs. */
const MOST_EXECUTIONS = 500;
/** How long a cell waits for files, those of earlier cells included, in milliseconds; it goes on without the others. */
const FILES_TIMEOUT_MS = 20_000;

/** What {@linkcode CellFiles} needs. */
export interface CellFilesOptions extends FileDescriptionsOptions {
  notebook: NotebookStore;
}

/** An execution's files, and which of them could not be read when it ran. */
interface KnownExecution extends ExecutedCode {
  files: readonly NamedFile[];
  unread: Set<NamedFile>;
}

/**
 * The files of a notebook's cells. A cell is told of a file as it was when it was started. One that could not be read for it stays
 * unreadable for that cell, so that what was once sent of the past stays as it is; the next cell that names the file reads it again.
 */
export class CellFiles {
  readonly #options: CellFilesOptions;
  readonly #descriptions: FileDescriptions;
  readonly #executions = new RecentMap<string, KnownExecution>(MOST_EXECUTIONS);

  constructor(options: CellFilesOptions) {
    this.#options = options;
    this.#descriptions = new FileDescriptions(options);
  }

  /**
   * Describes the files that executions name. Only what they name is fetched, and nothing where `maxFileCharacters` is 0.
   *
   * @param executions the one that is about to run last
   * @param signal gives up
   * @returns the files, by request
   * @throws the signal's reason
   */
  async of(
    executions: readonly ExecutedCode[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly CellFile[]>> {
    const { maxFileCharacters, clock = systemClock } = this.#options;
    if (maxFileCharacters === 0) return new Map();
    const late = new AbortController();
    const reason = new ArtifactError(`the files of a cell were not read within ${FILES_TIMEOUT_MS / 1_000} s`);
    const cancelTimeout = clock.setTimer(() => late.abort(reason), FILES_TIMEOUT_MS);
    try {
      // The last one asks first: it is the one that waits, and needs its own files most.
      const described = executions.map((execution) => this.#known(execution)).toReversed()
        .map(async (execution) => [execution.queueId, await this.#describe(execution, signal, late.signal)] as const);
      return new Map(await Promise.all(described));
    } finally {
      cancelTimeout();
    }
  }

  /** An execution that is started again may run other code, with other files. */
  #known(execution: ExecutedCode): KnownExecution {
    const { queueId, code, fileChanges } = execution;
    const known = this.#executions.get(queueId);
    const isSame = known?.code === code && known.fileChanges === fileChanges;
    const files = () => readNamedFiles(this.#options.notebook, code, fileChanges);
    const current = isSame ? known : { ...execution, files: files(), unread: new Set<NamedFile>() };
    this.#executions.set(queueId, current);
    return current;
  }

  #describe({ files, unread }: KnownExecution, signal: AbortSignal, late: AbortSignal): Promise<CellFile[]> {
    const giveUp = AbortSignal.any([signal, late]);
    return Promise.all(files.map(async (file) => {
      const { name, artifactId, isDeleted } = file;
      if (isDeleted) return { name, version: `deleted ${artifactId}`, description: describeGoneFile() };
      const description = unread.has(file) ? undefined : await this.#descriptions.of(file, giveUp);
      signal.throwIfAborted();
      if (description !== undefined) return { name, version: artifactId, description };
      unread.add(file);
      return { name, version: `unread ${artifactId}`, description: describeUnreadableFile() };
    }));
  }
}
