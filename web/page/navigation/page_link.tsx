/**
 * A link to another address of this page.
 *
 * @module
 */

import type { ReactNode } from "react";
import { goTo } from "./use_location.ts";

export interface PageLinkProps {
  path: string;
  /** The label for screen readers, if the children do not name the target. */
  label?: string;
  className?: string;
  children: ReactNode;
}

/** Renders a link that changes the address without loading the page again. With Ctrl, Cmd or Shift the browser handles it. */
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
