/**
 * Uploads files into a notebook and reports the progress.
 *
 * @module
 */

import { useEffect, useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { NotebookFiles } from "../actions/notebook_files.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import { api } from "../api/api.ts";
import { dataFileName } from "../file/data_file.ts";

/** The time for which an upload is reported, in milliseconds: long enough to be read, also aloud. */
const SAID_MS = 15_000;

/** The number of characters of a name in the report. */
const SAID_LENGTH = 60;

export interface Uploads {
  files: NotebookFiles;
  /** Uploads files one after the other. Cells that read tables are added below the selected cell. */
  upload(files: readonly File[]): void;
  /** The file that is being uploaded, or was uploaded last. */
  progress?: string;
  problem?: string;
}

export function useUploads(
  id: string,
  notebook: NotebookStore,
  control: CellControl,
  userId: string,
  selected: string | undefined,
): Uploads {
  const [progress, setProgress] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { actions } = control;
  const files = useMemo(() => {
    const upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => api.uploadArtifact(id, mimeType, bytes);
    return new NotebookFiles({ notebook, actions, userId, upload });
  }, [id, notebook, actions, userId]);
  const work = useRef(Promise.resolve());
  useEffect(() => {
    if (progress === undefined || isBusy) return;
    const timer = setTimeout(() => setProgress(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [progress, isBusy]);
  const place = useRef(selected);
  place.current = selected;

  const uploadAll = async (chosen: readonly File[]) => {
    setBusy(true);
    setProblem(undefined);
    const problems: string[] = [];
    const done: string[] = [];
    let below = place.current;
    for (const file of chosen) {
      const name = saidName(dataFileName(file.name));
      setProgress(`Uploading “${name}” …`);
      try {
        const cell = await files.add(file, actions.cells.findIndex((cell) => cell.id === below) + 1);
        if (cell !== undefined) control.command(below = cell);
        done.push(name);
      } catch (error) {
        problems.push(`“${name}” was not uploaded: ${(error as Error).message}`);
      }
    }
    setBusy(false);
    setProgress(done.length === 0 ? undefined : `Uploaded: ${done.join(", ")}.`);
    if (problems.length > 0) setProblem(problems.join(" "));
  };
  const upload = (chosen: readonly File[]) => {
    work.current = work.current.then(() => uploadAll(chosen));
  };
  return { files, upload, progress, problem };
}

function saidName(name: string): string {
  const characters = [...name];
  return characters.length <= SAID_LENGTH
    ? name
    : [...characters.slice(0, SAID_LENGTH - 16), "…", ...characters.slice(-15)].join("");
}
