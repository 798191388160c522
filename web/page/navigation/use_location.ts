/**
 * The page's address, and navigation to another one.
 *
 * @module
 */

import { useSyncExternalStore } from "react";

export function useLocation(): string {
  return useSyncExternalStore(onChange, () => location.pathname);
}

/** Goes to another address of this page. */
export function goTo(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

export function notebookPath(id: string): string {
  return `/notebooks/${id}`;
}

function onChange(listener: () => void): () => void {
  addEventListener("popstate", listener);
  return () => removeEventListener("popstate", listener);
}
