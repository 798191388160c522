/**
 * The conversation with the model, verbatim: turns with marked hints, and the parts of replies.
 *
 * @module
 */

import { type ReactNode, useRef } from "react";
import type { TracedPart, TracedTurn } from "../../../src/execution/trace/cell_trace.ts";
import { useScrollStops } from "../output/use_scroll_stops.ts";

export function TraceTurn({ turn: { role, content, hints = [] } }: { turn: TracedTurn }) {
  return (
    <Verbatim name={role === "tool" ? "The answer to a call" : "The turn that was sent"}>
      {marked(content, hints)}
    </Verbatim>
  );
}

export function TracePart({ part }: { part: TracedPart }) {
  if (part.type === "call") return <Verbatim name={part.name} isCode>{part.arguments}</Verbatim>;
  return <Verbatim name={part.type === "thoughts" ? "Thoughts" : "Text"}>{part.text}</Verbatim>;
}

function Verbatim({ name, isCode = false, children }: { name: string; isCode?: boolean; children: ReactNode }) {
  const place = useRef<HTMLPreElement>(null);
  useScrollStops(place);
  return (
    <figure className="trace-verbatim">
      <figcaption>{isCode ? <code>{name}</code> : name}</figcaption>
      <pre ref={place}>{children}</pre>
    </figure>
  );
}

function marked(content: string, hints: readonly string[]): ReactNode[] {
  const pieces: ReactNode[] = [];
  let rest = content;
  for (const [index, hint] of hints.entries()) {
    const at = rest.indexOf(hint);
    if (at === -1) continue;
    pieces.push(rest.slice(0, at), <mark key={index}>{hint}</mark>);
    rest = rest.slice(at + hint.length);
  }
  return [...pieces, rest];
}
