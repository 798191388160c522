/**
 * Text as a terminal would show it, the middle of a long one folded away.
 *
 * @module
 */

import { memo, useMemo, useState } from "react";
import { ansiLines, type AnsiPiece } from "./ansi_lines.ts";

/** A text of more lines than this is folded. */
const FOLDED_OVER = 60;

/** How many lines a folded text shows, at its beginning and at its end, where it grows. */
const SHOWN_LINES = { first: 20, last: 20 };

/** What a text needs. */
export interface TerminalTextProps {
  text: string;
  /** Sets a kind of text apart: `stderr`, `traceback`. */
  className?: string;
}

/** Draws the text. */
export const TerminalText = memo(function TerminalText({ text, className = "" }: TerminalTextProps) {
  const lines = useMemo(() => ansiLines(text), [text]);
  const [isOpen, setOpen] = useState(false);
  const isLong = lines.length > FOLDED_OVER;
  if (!isLong) return <pre className={`terminal ${className}`}>{lines.map(drawLine)}</pre>;
  const hidden = lines.length - SHOWN_LINES.first - SHOWN_LINES.last;
  return (
    <div className={`terminal ${className}`}>
      {isOpen ? <pre>{lines.map(drawLine)}</pre> : <pre>{lines.slice(0, SHOWN_LINES.first).map(drawLine)}</pre>}
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? `Fold ${lines.length} lines` : `Show ${hidden} more lines`}
      </button>
      {isOpen ? null : <pre>{lines.slice(-SHOWN_LINES.last).map(drawLine)}</pre>}
    </div>
  );
});

function drawLine(pieces: AnsiPiece[], index: number) {
  return <span key={index} className="line">{[...pieces.map(drawPiece), "\n"]}</span>;
}

function drawPiece({ text, className, color, background }: AnsiPiece, index: number) {
  if (className === "" && color === undefined && background === undefined) return text;
  return <span key={index} className={className} style={{ color, background }}>{text}</span>;
}
