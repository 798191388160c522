/**
 * Two answers to a cell compared: lines one below the other, pictures side by side.
 *
 * @module
 */

import { useMemo } from "react";
import type { Representations } from "../../../src/notebook/schema/media.ts";
import { counted } from "../../../src/terminal/counted.ts";
import type { AnswerDifference, PicturePair } from "./compare_answers.ts";
import { type FoldedLine, foldSame } from "./fold_same.ts";
import { OutputBoundary } from "./output_boundary.tsx";
import { RichOutput } from "./rich_output.tsx";

export function AnswerDiff({ difference: { lines, changedLines, pictures } }: { difference: AnswerDifference }) {
  const folded = useMemo(() => foldSame(lines), [lines]);
  return (
    <>
      {changedLines > 0 && (
        <div className="diff" role="group" aria-label="Lines that differ">{folded.map(drawLine)}</div>
      )}
      {pictures.map((pair, index) => pair.isSame ? null : <Pictures key={index} {...pair} />)}
    </>
  );
}

function drawLine(line: FoldedLine, index: number) {
  switch (line.kind) {
    case "left out":
      return <p key={index} className="left-out">{counted(line.count, "more line")}</p>;
    case "removed":
      return <del key={index}>{line.text}</del>;
    case "added":
      return <ins key={index}>{line.text}</ins>;
    case "same":
      return <span key={index}>{line.text}</span>;
  }
}

function Pictures({ before, now }: PicturePair) {
  return (
    <div className="pictures">
      <Side caption="Before" representations={before} />
      <Side caption="Now" representations={now} />
    </div>
  );
}

function Side({ caption, representations }: { caption: string; representations?: Representations }) {
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      {representations === undefined
        ? <p className="no-content">No picture</p>
        : (
          <OutputBoundary output={representations}>
            <RichOutput representations={representations} />
          </OutputBoundary>
        )}
    </figure>
  );
}
