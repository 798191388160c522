/**
 * A line with an important message about the page.
 *
 * @module
 */

import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

export interface NoticeProps {
  /** A `problem` is announced immediately. */
  kind: "hint" | "problem";
  children: ReactNode;
  /** A remedy, such as a button. */
  action?: ReactNode;
}

export function Notice({ kind, children, action }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={kind === "problem" ? "alert" : "note"}>
      <Icon name={kind === "problem" ? "warning" : "info"} />
      <p>{children}</p>
      {action}
    </div>
  );
}
