/**
 * Files dropped onto a page.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";

/** @returns whether files are being dragged over the page */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const listening = new AbortController();
    // Otherwise an editor would insert the file's text.
    const before = { signal: listening.signal, capture: true };
    addEventListener("dragover", (event) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    }, before);
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false);
    }, before);
    addEventListener("drop", (event) => {
      setOver(false);
      if (!hasFile(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const files = [...event.dataTransfer?.files ?? []];
      if (files.length > 0) latest.current(files);
    }, before);
    return () => listening.abort();
  }, []);
  return isOver;
}

function hasFile({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") ?? false;
}
