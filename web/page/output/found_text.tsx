/**
 * Text that is folded away, and that the browser's find reaches: what it finds is shown.
 *
 * @module
 */

import { useLayoutEffect, useRef } from "react";

/** What the text needs. */
export interface FoundTextProps {
  text: string;
  className?: string;
  /** The browser has found something in it. Default: nothing is done besides. */
  onFound?(): void;
}

/** Draws the text, hidden until it is found; after that it is in sight for as long as it is drawn. */
export function FoundText({ text, className = "", onFound }: FoundTextProps) {
  const place = useRef<HTMLPreElement>(null);
  const latest = useRef(onFound);
  latest.current = onFound;
  useLayoutEffect(() => {
    const element = place.current!;
    // React writes `hidden` without a value.
    element.setAttribute("hidden", "until-found");
    const tell = () => latest.current?.();
    element.addEventListener("beforematch", tell);
    return () => element.removeEventListener("beforematch", tell);
  }, []);
  return <pre ref={place} className={`folded ${className}`}>{text}</pre>;
}
