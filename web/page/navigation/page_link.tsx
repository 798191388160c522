/**
 * A link to another address of this page.
 *
 * @module
 */

import type { ReactNode } from "react";
import { goTo } from "./use_location.ts";

/** What a link needs. */
export interface PageLinkProps {
  /** The path that it leads to. */
  path: string;
  /** Its name, for a screen reader, if its content does not say it. */
  label?: string;
  className?: string;
  children: ReactNode;
}

/** Draws a link that is followed without loading the page again; with Ctrl, Cmd or Shift the browser follows it. */
export function PageLink({ path, label, className, children }: PageLinkProps) {
  return (
    <a
      href={path}
      className={className}
      aria-label={label}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goTo(path);
      }}
    >
      {children}
    </a>
  );
}
