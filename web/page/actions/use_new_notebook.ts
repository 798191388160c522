/**
 * Creates notebooks: empty ones, from an example, or from files that are chosen or dropped.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import type { Site } from "../api/api.ts";
import type { NotebookContents } from "../file/fill_notebook.ts";
import { isNotebookFile, readFile } from "../file/read_file.ts";
import { goTo, notebookPath } from "../navigation/use_location.ts";
import { handOver } from "../store/notebook_session.ts";
import { createNotebook } from "./create_notebook.ts";
import { describeNotes, leaveNote } from "./opening_notes.ts";
import { dropUnfinished, forgetSaving, rememberSaving, unfinishedSaving } from "./unfinished_saving.ts";
import { useFileDrop } from "./use_file_drop.ts";

export interface NewNotebook {
  create(contents: NotebookContents | Promise<NotebookContents>): void;
  /** Creates a notebook for each file, and opens it if there is only one. */
  open(files: readonly File[]): void;
  isBusy: boolean;
  isOver: boolean;
  /** The progress of saving a file that is being opened. */
  progress?: string;
  /** The outcome for several files, or for a file that was being saved when the page was left. */
  report?: string;
  /** The reason the last creation failed. */
  problem?: string;
  setProblem(problem: string): void;
}

/**
 * Creates notebooks, also from files that are dropped anywhere. A notebook is created and listed even if the page shows something
 * else meanwhile.
 *
 * @param onListed called when notebooks were added to the list and the page stays
 * @param onData takes dropped files that are not notebooks. Default: they are opened, which reports what is wrong with them
 */
export function useNewNotebook(
  site: Site,
  onListed: () => void = () => {},
  onData?: (files: readonly File[]) => void,
): NewNotebook {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [progress, setProgress] = useState<string>();
  const [report, setReport] = useState(describeUnfinished);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    dropUnfinished();
    return () => {
      isShown.current = false;
    };
  }, []);

  /** Creates a notebook and returns its address. */
  const make = async (contents: NotebookContents, isOnly: boolean) => {
    const { title, cells, notes } = contents;
    const reportProgress = (saved: number) => {
      const text = `“${title}”: ${saved.toLocaleString("en")} of ${cells.length.toLocaleString("en")} cells saved`;
      rememberSaving(text);
      if (isShown.current) setProgress(`${text} …`);
    };
    reportProgress(0);
    const { id, session } = await createNotebook(contents, site, reportProgress).finally(forgetSaving);
    const note = describeNotes(notes);
    if (note !== undefined) leaveNote(id, note);
    if (!isOnly || !isShown.current) return void session.leave();
    handOver(id, session);
    goTo(notebookPath(id));
  };

  const begin = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    setReport(undefined);
    addEventListener("beforeunload", askBeforeLeaving);
    try {
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      removeEventListener("beforeunload", askBeforeLeaving);
      setProgress(undefined);
      setBusy(false);
    }
  };

  const openAll = async (files: readonly File[]) => {
    const problems: string[] = [];
    for (const file of files) {
      try {
        await make(await readFile(file), files.length === 1);
      } catch (error) {
        problems.push(`“${file.name}” was not opened: ${(error as Error).message}`);
      }
    }
    if (files.length > 1) {
      const made = files.length - problems.length;
      setReport(`${made} of ${files.length} files were opened as notebooks and are on the list.`);
      onListed();
    }
    if (problems.length > 0) throw new Error(problems.join(" "));
  };

  const open = (files: readonly File[]) => void begin(() => openAll(files));
  const create = (contents: NotebookContents | Promise<NotebookContents>) =>
    void begin(async () => await make(await contents, true));
  const isOver = useFileDrop((files) => {
    const notebooks = onData === undefined ? files : files.filter(isNotebookFile);
    if (notebooks.length > 0) open(notebooks);
    if (notebooks.length < files.length) onData?.(files.filter((file) => !isNotebookFile(file)));
  });
  return { create, open, isBusy, isOver, progress, report, problem, setProblem };
}

function describeUnfinished(): string | undefined {
  const unfinished = unfinishedSaving();
  if (unfinished === undefined) return undefined;
  return `The page was left before a file was saved (${unfinished}). It is not on the list: open it again.`;
}

/** Makes the browser ask, in its own words, whether to leave. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
