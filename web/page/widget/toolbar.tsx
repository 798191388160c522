/**
 * A row of buttons that is a single tab stop. Arrow keys move within it.
 *
 * @module
 */

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  const row = useRef<HTMLDivElement>(null);
  const buttons = () => [...row.current!.querySelectorAll<HTMLButtonElement>(":scope > button:not(:disabled)")];
  useEffect(() => {
    // The tab stop stays at its button until that is disabled.
    const all = buttons();
    const current = all.find((button) => button === document.activeElement || button.tabIndex === 0) ?? all[0];
    for (const button of row.current!.querySelectorAll<HTMLButtonElement>(":scope > button")) {
      button.tabIndex = button === current ? 0 : -1;
    }
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons();
    const index = all.indexOf(document.activeElement as HTMLButtonElement);
    const last = all.length - 1;
    const targets: Record<string, number> = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: last };
    const target = targets[event.key];
    if (target === undefined || index === -1) return;
    event.preventDefault();
    const button = all[Math.min(Math.max(target, 0), last)];
    for (const each of all) each.tabIndex = each === button ? 0 : -1;
    button.focus();
  };
  return <div ref={row} role="toolbar" aria-label={label} className="toolbar" onKeyDown={onKeyDown}>{children}</div>;
}
