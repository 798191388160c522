/**
 * What differs between a cell's answer and the one that it gave before, for a cell that was run again.
 *
 * @module
 */

import { useId, useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { findLastAnswers, readAnswer, type RunRow, runsOf } from "../store/answers.ts";
import { useRows } from "../store/use_rows.ts";
import { AnswerDiff } from "./answer_diff.tsx";
import { compareAnswers, describeDifference } from "./compare_answers.ts";

/** What is needed. */
export interface AnswerBeforeProps {
  notebook: NotebookStore;
  cellId: string;
  /** Whether the cell waits or runs. */
  isBusy: boolean;
  /** Whether nothing stands under the cell. */
  isEmpty: boolean;
}

/** Draws a line that says how far the answers differ, and opens to show what; nothing where there are not two. */
export function AnswerBefore({ notebook, cellId, isBusy, isEmpty }: AnswerBeforeProps) {
  const query = useMemo(() => runsOf(cellId), [cellId]);
  const runs: readonly RunRow[] = useRows(notebook, query);
  const answers = findLastAnswers(runs);
  const compared = useMemo(() => {
    if (answers === undefined) return undefined;
    const [before, now] = [readAnswer(notebook, answers.before), readAnswer(notebook, answers.now)];
    return { difference: compareAnswers(before, now), hadOutput: now.length > 0 };
  }, [notebook, answers?.now.queueId, answers?.before.queueId]);
  const [isOpen, setOpen] = useState(false);
  const wasShown = useRef(false);
  const id = useId();
  // The place is kept, so that what is below does not jump up and down.
  if (isBusy) return wasShown.current ? <p className="answer-before" aria-hidden="true" /> : null;
  wasShown.current = false;
  // Where the outputs were cleared there is nothing to compare.
  if (answers === undefined || compared === undefined || (isEmpty && compared.hadOutput)) return null;
  wasShown.current = true;
  const { difference } = compared;
  const words = describeDifference(difference);
  const text = answers.before.source === answers.now.source ? words : `${words}, of other code`;
  if (difference.changedLines + difference.changedPictures === 0) {
    return <p className="answer-before">{text}</p>;
  }
  return (
    <div className="answer-before">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>{text}</button>
      <div id={id}>{isOpen && <AnswerDiff difference={difference} />}</div>
    </div>
  );
}
