/**
 * The difference between a cell's last two answers, for a cell that was run again.
 *
 * @module
 */

import { useId, useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { findLastAnswers, type LastAnswers, readAnswer, type RunRow, runsOf } from "../store/answers.ts";
import { useRows } from "../store/use_rows.ts";
import { AnswerDiff } from "./answer_diff.tsx";
import { compareAnswers, describeDifference } from "./compare_answers.ts";

export interface AnswerBeforeProps {
  notebook: NotebookStore;
  cellId: string;
  isBusy: boolean;
  isEmpty: boolean;
}

/**
 * Renders a line that summarizes the difference and opens to show it. Renders nothing if there are not two answers. The line
 * takes no space, so nothing moves when it appears. Once open it stays open while the cell runs again.
 */
export function AnswerBefore({ notebook, cellId, isBusy, isEmpty }: AnswerBeforeProps) {
  const query = useMemo(() => runsOf(cellId), [cellId]);
  const runs: readonly RunRow[] = useRows(notebook, query);
  const answers = isBusy ? undefined : findLastAnswers(runs);
  const compared = useMemo(
    () => answers && compare(notebook, answers),
    [notebook, answers?.now.queueId, answers?.before.queueId],
  );
  const last = useRef(compared);
  if (!isBusy) last.current = compared;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const shown = last.current;
  // If the outputs were cleared there is nothing to compare.
  if (shown === undefined || (isBusy ? !isOpen : isEmpty && shown.hasOutput)) return null;
  const { words, difference, isSame } = shown;
  if (isSame) return <p className="answer-before">{words}</p>;
  return (
    <div className="answer-before" data-open={isOpen || undefined}>
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>{words}</button>
      <div id={id}>{isOpen && <AnswerDiff difference={difference} />}</div>
    </div>
  );
}

function compare(notebook: NotebookStore, { before, now }: LastAnswers) {
  const outputs = readAnswer(notebook, now);
  const difference = compareAnswers(readAnswer(notebook, before), outputs);
  const words = describeDifference(difference);
  return {
    difference,
    words: before.source === now.source ? words : `${words}, for different code`,
    isSame: difference.changedLines + difference.changedPictures === 0,
    hasOutput: outputs.length > 0,
  };
}
