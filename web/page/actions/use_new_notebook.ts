/**
 * Makes notebooks for a page: of an example, of files that are chosen or dropped, or empty.
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

/** How the making of a notebook stands. */
export interface NewNotebook {
  /** Makes a notebook and goes to it. */
  create(contents: NotebookContents | Promise<NotebookContents>): void;
  /** Makes one of each file, and goes to it if it is one. */
  open(files: readonly File[]): void;
  /** Whether one is being made. */
  isBusy: boolean;
  /** Whether a file is being held over the page. */
  isOver: boolean;
  /** How far the file is saved that is being opened. */
  progress?: string;
  /** What became of several files, or of a file that was being saved when the page was left. */
  report?: string;
  /** Why the last one was not made. */
  problem?: string;
  setProblem(problem: string): void;
}

/**
 * Makes notebooks, also of files that are dropped anywhere. When the page shows something else meanwhile, a notebook is made all the
 * same, and is on the list.
 *
 * @param onListed called when notebooks have come onto the list, and the page stays
 * @param onData takes dropped files that are no notebooks. Default: they are opened, too, which says what is wrong with them
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

  /** Makes one, and returns where it is. */
  const make = async (contents: NotebookContents, isOnly: boolean) => {
    const { title, cells, notes } = contents;
    const tell = (saved: number) => {
      const text = `“${title}”: ${saved.toLocaleString("en")} of ${cells.length.toLocaleString("en")} cells saved`;
      rememberSaving(text);
      if (isShown.current) setProgress(`${text} …`);
    };
    tell(0);
    const { id, session } = await createNotebook(contents, site, tell).finally(forgetSaving);
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
      setReport(`${made} of ${files.length} files are notebooks now, and are on the list of all notebooks.`);
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

/** The browser asks whether to leave, in words of its own. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
