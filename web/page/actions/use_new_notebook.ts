/**
 * Makes notebooks for a page: of an example, of a file that is chosen or dropped, or empty.
 *
 * @module
 */

import { useState } from "react";
import type { Site } from "../api/api.ts";
import type { NotebookContents } from "../file/fill_notebook.ts";
import { readFile } from "../file/read_file.ts";
import { createNotebook } from "./create_notebook.ts";
import { useFileDrop } from "./use_file_drop.ts";

/** How the making of a notebook stands. */
export interface NewNotebook {
  /** Makes a notebook and goes to it. */
  create(contents: NotebookContents | Promise<NotebookContents>): void;
  /** Makes one of a file. */
  open(file: File): void;
  /** Whether one is being made. */
  isBusy: boolean;
  /** Whether a file is being held over the page. */
  isOver: boolean;
  /** Why the last one was not made. */
  problem?: string;
  setProblem(problem: string): void;
}

/** Makes notebooks, also of files that are dropped anywhere. */
export function useNewNotebook(site: Site): NewNotebook {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const create = async (contents: NotebookContents | Promise<NotebookContents>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await createNotebook(await contents, site);
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  const open = (file: File) => void create(readFile(file));
  const isOver = useFileDrop(open);
  return { create: (contents) => void create(contents), open, isBusy, isOver, problem, setProblem };
}
