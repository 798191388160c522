/**
 * What the model is told of the uploaded files that a notebook's cells name.
 *
 * @module
 */

import { breathe } from "../../async/breathe.ts";
import { systemClock } from "../../async/clock.ts";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeGoneFile, describeUnreadableFile } from "../../files/hidden_content.ts";
import { RecentMap } from "../../recent_map.ts";
import type { NotebookStore } from "../notebook_store.ts";
import { ArtifactError } from "../output/artifacts.ts";
import type { ExecutionAmongFiles } from "./executions_among_files.ts";
import { FileDescriptions, type FileDescriptionsOptions } from "./file_descriptions.ts";
import { type NamedFile, type RanCell, readFileNames, readNamedFiles, readRanCells } from "./named_files.ts";

/** How many executions are remembered with the files that they named: more than the history has. */
const MOST_EXECUTIONS = 6_000;
/** How many executions are looked through before everything else has its turn; a cell takes a fraction of a millisecond. */
const EXECUTIONS_AT_A_TIME = 100;
/** How long a cell waits for files, those of earlier cells included, in milliseconds; it goes on without the others. */
const FILES_TIMEOUT_MS = 20_000;
/** From how long a wait for files is told in the cell, in milliseconds: a shorter one nobody wonders about. */
const TELLING_WAIT_MS = 1_500;
const WAIT = "AIPython reads the notebook's files that its cells name. " +
  `After ${FILES_TIMEOUT_MS / 1_000} s this cell goes on without them.`;

/** What {@linkcode CellFiles} needs. */
export interface CellFilesOptions extends FileDescriptionsOptions {
  notebook: NotebookStore;
}

/** An execution's files, and which of them could not be read for it. */
interface ExecutionFiles {
  queueId: string;
  isOld: boolean;
  named: readonly NamedFile[];
  unread: Set<NamedFile>;
}

/**
 * The files of a notebook's cells. A cell is told of a file as it was when it was started. One that could not be read for it stays
 * unreadable for that cell, so that what was once sent of the past stays as it is; the next cell that names the file reads it again.
 */
export class CellFiles {
  readonly #options: CellFilesOptions;
  readonly #descriptions: FileDescriptions;
  readonly #known = new RecentMap<string, Pick<ExecutionFiles, "named" | "unread">>(MOST_EXECUTIONS);

  constructor(options: CellFilesOptions) {
    this.#options = options;
    this.#descriptions = new FileDescriptions(options);
  }

  /**
   * Describes the files that executions name. Only what they name is fetched, and nothing where `maxFileCharacters` is 0. Of old
   * ones, only the last that names a file is told of it.
   *
   * @param executions the one that is about to run last
   * @param signal gives up
   * @param waiting says in the cell why nothing happens, and without a reason that it goes on
   * @returns the files, by request; executions without any are left out
   * @throws the signal's reason
   */
  async of(
    executions: readonly ExecutionAmongFiles[],
    signal: AbortSignal,
    waiting: (reason?: string) => void = () => {},
  ): Promise<ReadonlyMap<string, readonly CellFile[]>> {
    const { maxFileCharacters, clock = systemClock } = this.#options;
    if (maxFileCharacters === 0 || executions.length === 0) return new Map();
    const naming = lastOfOld(await this.#read(executions));
    const late = new AbortController();
    const reason = new ArtifactError(`the files of a cell were not read within ${FILES_TIMEOUT_MS / 1_000} s`);
    const cancelTimeout = clock.setTimer(() => late.abort(reason), FILES_TIMEOUT_MS);
    let isTold = false;
    const tell = () => {
      isTold = true;
      waiting(WAIT);
    };
    const cancelTelling = clock.setTimer(tell, TELLING_WAIT_MS);
    try {
      // The last one asks first: it is the one that waits, and needs its own files most.
      const described = naming.toReversed().map(async (execution) =>
        [execution.queueId, await this.#describe(execution, signal, late.signal)] as const
      );
      return new Map(await Promise.all(described));
    } finally {
      cancelTimeout();
      cancelTelling();
      if (isTold) waiting();
    }
  }

  /** Finds the files that executions name; those that name none are left out. */
  async #read(executions: readonly ExecutionAmongFiles[]): Promise<ExecutionFiles[]> {
    const { notebook } = this.#options;
    const ran = readRanCells(
      notebook,
      executions.filter((each) => !this.#known.has(keyOf(each))).map(({ queueId }) => queueId),
    );
    let fileNames: { at: number; names: readonly string[] } = { at: 0, names: [] };
    const read = (cell: RanCell, at: number) => {
      if (fileNames.at !== at) fileNames = { at, names: readFileNames(notebook, at) };
      return readNamedFiles(notebook, cell, fileNames.names, at);
    };
    const found: ExecutionFiles[] = [];
    let unknown = 0;
    for (const execution of executions) {
      const { queueId, fileChanges, isOld } = execution;
      const cell = ran.get(queueId);
      if (cell !== undefined && ++unknown % EXECUTIONS_AT_A_TIME === 0) await breathe();
      const files = this.#known.getOrMake(keyOf(execution), () => ({
        named: cell === undefined ? [] : read(cell, fileChanges),
        unread: new Set<NamedFile>(),
      }));
      if (files.named.length > 0) found.push({ queueId, isOld: isOld === 1, ...files });
    }
    return found;
  }

  #describe({ named, unread }: ExecutionFiles, signal: AbortSignal, late: AbortSignal): Promise<CellFile[]> {
    const giveUp = AbortSignal.any([signal, late]);
    return Promise.all(named.map(async (file) => {
      const { name, artifactId, isDeleted } = file;
      if (isDeleted) return { name, version: `deleted ${artifactId}`, description: describeGoneFile() };
      const described = unread.has(file) ? undefined : await this.#descriptions.of(file, giveUp);
      signal.throwIfAborted();
      if (described !== undefined) return described;
      unread.add(file);
      return { name, version: `unread ${artifactId}`, description: describeUnreadableFile() };
    }));
  }
}

/** An execution that is started again may run other code, among other files. */
function keyOf({ queueId, startOfCell }: ExecutionAmongFiles): string {
  return `${queueId} ${startOfCell}`;
}

/** Leaves a file to the last one of the old executions that names it: a history may name any number of versions. */
function lastOfOld(executions: readonly ExecutionFiles[]): ExecutionFiles[] {
  const later = new Set<string>();
  const rest = executions.toReversed().map((execution) => {
    if (!execution.isOld) return execution;
    const named = execution.named.filter(({ name }) => !later.has(name));
    named.forEach(({ name }) => later.add(name));
    return { ...execution, named };
  });
  return rest.filter(({ named }) => named.length > 0).toReversed();
}
