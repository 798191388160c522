/**
 * Text as a terminal would show it. The middle of a long one is folded.
 *
 * @module
 */

import { memo, type ReactNode, useMemo, useRef, useState } from "react";
import { ansiLines, type AnsiPiece } from "./ansi_lines.ts";
import { foldLines } from "./fold_lines.ts";
import { FoundText } from "./found_text.tsx";
import { useScrollStops } from "./use_scroll_stops.ts";

export interface TerminalTextProps {
  text: string;
  /** Distinguishes a kind of text: `stderr`, `traceback`. */
  className?: string;
}

export const TerminalText = memo(function TerminalText({ text, className = "" }: TerminalTextProps) {
  const lines = useMemo(() => ansiLines(text), [text]);
  const folded = useMemo(() => foldLines(lines), [lines]);
  const [state, setState] = useState<"folded" | "found" | "open">("folded");
  const [folds, setFolds] = useState(0);
  if (folded === undefined) return <Lines className={`terminal ${className}`}>{lines.map(drawLine)}</Lines>;
  const isFolded = state === "folded";
  const turn = () => {
    setState(isFolded ? "open" : "folded");
    setFolds(folds + 1);
  };
  return (
    <div className={`terminal ${className}`}>
      <Lines>{(state === "open" ? lines : folded.head).map(drawLine)}</Lines>
      <button type="button" className="fold" aria-expanded={!isFolded} onClick={turn}>
        {isFolded ? `Show ${folded.hidden}` : "Fold"}
      </button>
      {state !== "open" && (
        <>
          <FoundText key={folds} text={folded.middle} onFound={() => setState("found")} />
          <Lines>{folded.tail.map(drawLine)}</Lines>
        </>
      )}
    </div>
  );
});

function Lines({ className, children }: { className?: string; children: ReactNode }) {
  const place = useRef<HTMLPreElement>(null);
  useScrollStops(place);
  return <pre ref={place} className={className}>{children}</pre>;
}

function drawLine(pieces: AnsiPiece[], index: number) {
  return <span key={index} className="line">{[...pieces.map(drawPiece), "\n"]}</span>;
}

function drawPiece({ text, className, color, background }: AnsiPiece, index: number) {
  if (className === "" && color === undefined && background === undefined) return text;
  return <span key={index} className={className} style={{ color, background }}>{text}</span>;
}
