/**
 * Uploads files into a notebook, and says how that goes.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { NotebookFiles } from "../actions/notebook_files.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import { api } from "../api/api.ts";
import { dataFileName } from "../file/data_file.ts";

/** The uploads of a page. */
export interface Uploads {
  files: NotebookFiles;
  /** Uploads files, one after the other; below the selected cell, cells are added that read the tables. */
  upload(files: readonly File[]): void;
  /** What is being uploaded, or was uploaded last. */
  progress?: string;
  /** Why files were not uploaded. */
  problem?: string;
}

/**
 * Makes uploads for a notebook.
 *
 * @param id the notebook's id
 * @param userId who uploads
 * @param selected the selected cell
 */
export function useUploads(
  id: string,
  notebook: NotebookStore,
  control: CellControl,
  userId: string,
  selected: string | undefined,
): Uploads {
  const [progress, setProgress] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const { actions } = control;
  const files = useMemo(() => {
    const upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => api.uploadArtifact(id, mimeType, bytes);
    return new NotebookFiles({ notebook, actions, userId, upload });
  }, [id, notebook, actions, userId]);
  const work = useRef(Promise.resolve());
  const place = useRef(selected);
  place.current = selected;

  const uploadAll = async (chosen: readonly File[]) => {
    setProblem(undefined);
    const problems: string[] = [];
    const done: string[] = [];
    let below = place.current;
    for (const file of chosen) {
      const name = dataFileName(file.name);
      setProgress(`Uploading “${name}” …`);
      try {
        const cell = await files.add(file, actions.cells.findIndex((cell) => cell.id === below) + 1);
        if (cell !== undefined) control.command(below = cell);
        done.push(name);
      } catch (error) {
        problems.push(`“${name}” was not uploaded: ${(error as Error).message}`);
      }
    }
    setProgress(done.length === 0 ? undefined : `Uploaded: ${done.join(", ")}.`);
    if (problems.length > 0) setProblem(problems.join(" "));
  };
  const upload = (chosen: readonly File[]) => {
    work.current = work.current.then(() => uploadAll(chosen));
  };
  return { files, upload, progress, problem };
}
