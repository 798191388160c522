/**
 * Files that are dropped onto the page.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";

/**
 * Takes files that are dropped anywhere.
 *
 * @returns whether one is being held over the page
 */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFile);
  latest.current = onFile;
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener("dragover", (event) => {
      event.preventDefault();
      setOver(true);
    }, { signal });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false);
    }, { signal });
    addEventListener("drop", (event) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) latest.current(file);
    }, { signal });
    return () => listening.abort();
  }, []);
  return isOver;
}
