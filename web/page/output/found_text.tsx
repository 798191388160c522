/**
 * Folded text that the browser's search can find. It is shown when the browser finds it.
 *
 * @module
 */

import { useLayoutEffect, useRef } from "react";

export interface FoundTextProps {
  text: string;
  className?: string;
  /** Called when the browser has found something in the text. Default: does nothing. */
  onFound?(): void;
}

/** Renders the text hidden until it is found. After that it stays visible. */
export function FoundText({ text, className = "", onFound }: FoundTextProps) {
  const place = useRef<HTMLPreElement>(null);
  const latest = useRef(onFound);
  latest.current = onFound;
  useLayoutEffect(() => {
    const element = place.current!;
    // React would write `hidden` without its value.
    element.setAttribute("hidden", "until-found");
    const report = () => latest.current?.();
    element.addEventListener("beforematch", report);
    return () => element.removeEventListener("beforematch", report);
  }, []);
  return <pre ref={place} className={`folded ${className}`}>{text}</pre>;
}
