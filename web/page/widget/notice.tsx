/**
 * A line that says something important about the page.
 *
 * @module
 */

import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** What a notice needs. */
export interface NoticeProps {
  /** `problem` is read out at once. */
  kind: "hint" | "problem";
  children: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
}

/** Draws a notice. */
export function Notice({ kind, children, action }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={kind === "problem" ? "alert" : "note"}>
      <Icon name={kind === "problem" ? "warning" : "info"} />
      <p>{children}</p>
      {action}
    </div>
  );
}
