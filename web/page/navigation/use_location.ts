/**
 * Which address the page is at, and going to another one.
 *
 * @module
 */

import { useSyncExternalStore } from "react";

/** The page's path, as it is now. */
export function useLocation(): string {
  return useSyncExternalStore(onChange, () => location.pathname);
}

/** Goes to another address of this page. */
export function goTo(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

/** The address of a notebook. */
export function notebookPath(id: string): string {
  return `/notebooks/${id}`;
}

function onChange(tell: () => void): () => void {
  addEventListener("popstate", tell);
  return () => removeEventListener("popstate", tell);
}
