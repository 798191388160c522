/**
 * Describes for the model the uploaded files that a notebook's cells name.
 *
 * @module
 */

import { breathe } from "../../async/breathe.ts";
import { systemClock } from "../../async/clock.ts";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeGoneFile, describeHiddenFile, describeUnreadableFile } from "../../files/hidden_content.ts";
import { RecentMap } from "../../recent_map.ts";
import type { NotebookStore } from "../notebook_store.ts";
import { ArtifactError } from "../output/artifacts.ts";
import type { ExecutionAmongFiles } from "./executions_among_files.ts";
import { FileDescriptions, type FileDescriptionsOptions } from "./file_descriptions.ts";
import { type NamedFile, type RanCell, readFileNames, readNamedFiles, readRanCells } from "./named_files.ts";

/** The number of executions whose files are cached; more than a history has. */
const MAX_EXECUTIONS = 6_000;
/** The number of executions that are examined before other work gets a turn. One takes a fraction of a millisecond. */
const EXECUTIONS_AT_A_TIME = 100;
/** How long a cell waits for files, including those of earlier cells, in milliseconds. Then it continues without the missing ones. */
const FILES_TIMEOUT_MS = 20_000;
/** The time after which the cell shows that it waits for files, in milliseconds. A shorter wait is hardly noticed. */
const SILENT_WAIT_MS = 1_500;
const WAIT = "AIPython is reading the files that the notebook's cells name. " +
  `After ${FILES_TIMEOUT_MS / 1_000} s this cell continues without them.`;

/** Options of {@linkcode CellFiles}. */
export interface CellFilesOptions extends FileDescriptionsOptions {
  notebook: NotebookStore;
}

/** The files of an execution, and those of them that could not be read for it. */
interface ExecutionFiles {
  queueId: string;
  isOld: boolean;
  named: readonly NamedFile[];
  unread: Set<NamedFile>;
}

/**
 * The files of a notebook's cells. A cell sees a file as it was when the cell was started. If a file could not be read for a cell, it stays
 * unreadable for that cell, so that the conversation about the past does not change. The next cell that names the file reads it again.
 */
export class CellFiles {
  readonly #options: CellFilesOptions;
  readonly #descriptions: FileDescriptions;
  readonly #known = new RecentMap<string, Pick<ExecutionFiles, "named" | "unread">>(MAX_EXECUTIONS);

  constructor(options: CellFilesOptions) {
    this.#options = options;
    this.#descriptions = new FileDescriptions(options);
  }

  /**
   * Describes the files that executions name. Fetches only those files. If `maxFileCharacters` is 0, fetches none, and says only that they
   * exist. If several old executions name a file, only the last of them gets it.
   *
   * @param executions the executions; the last one is about to begin
   * @param signal aborts the reading
   * @param waiting shows in the cell that it waits for files; called without a reason when the wait is over
   * @returns the files, by request; executions without files are left out
   * @throws the signal's reason
   */
  async of(
    executions: readonly ExecutionAmongFiles[],
    signal: AbortSignal,
    waiting: (reason?: string) => void = () => {},
  ): Promise<ReadonlyMap<string, readonly CellFile[]>> {
    const { clock = systemClock } = this.#options;
    if (executions.length === 0) return new Map();
    const naming = lastOfOld(await this.#read(executions));
    const late = new AbortController();
    const reason = new ArtifactError(`the files of a cell were not read within ${FILES_TIMEOUT_MS / 1_000} s`);
    const cancelTimeout = clock.setTimer(() => late.abort(reason), FILES_TIMEOUT_MS);
    let isShown = false;
    const showWait = () => {
      isShown = true;
      waiting(WAIT);
    };
    const cancelNotice = clock.setTimer(showWait, SILENT_WAIT_MS);
    try {
      // The last execution comes first: it is the one that waits.
      const described = naming.toReversed().map(async (execution) =>
        [execution.queueId, await this.#describe(execution, signal, late.signal)] as const
      );
      return new Map(await Promise.all(described));
    } finally {
      cancelTimeout();
      cancelNotice();
      if (isShown) waiting();
    }
  }

  /** Finds the files that executions name. Leaves out executions that name none. */
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
    const aborted = AbortSignal.any([signal, late]);
    return Promise.all(named.map(async (file) => {
      const { name, artifactId, isDeleted } = file;
      if (isDeleted) return { name, version: `deleted ${artifactId}`, description: describeGoneFile() };
      if (this.#options.maxFileCharacters === 0) {
        return { name, version: `hidden ${artifactId}`, description: describeHiddenFile() };
      }
      const described = unread.has(file) ? undefined : await this.#descriptions.of(file, aborted);
      signal.throwIfAborted();
      if (described !== undefined) return described;
      unread.add(file);
      return { name, version: `unread ${artifactId}`, description: describeUnreadableFile() };
    }));
  }
}

/** The key of an execution. A second start of its cell is a different execution: the code and the files may have changed. */
function keyOf({ queueId, startOfCell }: ExecutionAmongFiles): string {
  return `${queueId} ${startOfCell}`;
}

/** Keeps a file only in the last of the old executions that name it, because a history may contain any number of versions. */
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
