/**
 * The outputs of a cell.
 *
 * @module
 */

import { useLayoutEffect, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { useOutputRows } from "../store/output_rows.ts";
import { readOutputs, type ShownOutput } from "../store/read_outputs.ts";
import { Icon } from "../widget/icon.tsx";
import { AnswerBefore } from "./answer_before.tsx";
import { errorClass } from "./error_class.ts";
import { CopyOutputs } from "./copy_outputs.tsx";
import { FoundText } from "./found_text.tsx";
import { OutputBoundary } from "./output_boundary.tsx";
import { outputText } from "./output_text.ts";
import { RichOutput } from "./rich_output.tsx";
import { TerminalText } from "./terminal_text.tsx";

/** The number of outputs above which the middle is folded. */
const FOLDED_OVER = 40;

/** The number of outputs that stay visible at each end. */
const SHOWN = 10;

export interface CellOutputsProps {
  notebook: NotebookStore;
  cellId: string;
  executionCount?: number;
  isBusy: boolean;
  /** The label for screen readers. */
  label: string;
  /**
   * Whether the outputs are an answer of the AI. It is rendered again with each piece, so a screen reader has to wait
   * for its end. Default: false.
   */
  isAnswer?: boolean;
  /** Asks the AI to fix the error shown here. Absent if no AI would answer. */
  onFix?(): void;
}

export function CellOutputs(
  { notebook, cellId, executionCount, isBusy, label, isAnswer = false, onFix }: CellOutputsProps,
) {
  const outputs = readOutputs(useOutputRows(notebook, cellId), { executionCount, isWaitShown: isBusy });
  const place = useSteadyHeight(isBusy);
  const [isOpen, setOpen] = useState(false);
  const isLong = outputs.length > FOLDED_OVER;
  const isFolded = isLong && !isOpen;
  const hidden = outputs.length - 2 * SHOWN;
  const hasFailed = !isBusy && outputs.some(({ kind }) => kind === "error");
  return (
    <div className="outputs-place">
      <div ref={place} className="outputs" role="log" aria-label={label} aria-busy={isAnswer && isBusy}>
        {(isFolded ? outputs.slice(0, SHOWN) : outputs).map(drawOutput)}
        {isLong && (
          <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Fold" : `Show ${hidden.toLocaleString("en")} more outputs`}
          </button>
        )}
        {isFolded && (
          <>
            <FoundText className="terminal" text={outputText(outputs.slice(SHOWN, -SHOWN))} />
            {outputs.slice(-SHOWN).map(drawOutput)}
          </>
        )}
      </div>
      {hasFailed && onFix !== undefined && (
        <button type="button" className="fix" onClick={onFix}>
          <Icon name="ask" /> Ask AI to fix
        </button>
      )}
      <AnswerBefore notebook={notebook} cellId={cellId} isBusy={isBusy} isEmpty={outputs.length === 0} />
      {outputs.length > 0 && <CopyOutputs outputs={outputs} />}
    </div>
  );
}

function drawOutput(output: ShownOutput) {
  return (
    <OutputBoundary key={output.id} output={output}>
      <Output output={output} />
    </OutputBoundary>
  );
}

function Output({ output }: { output: ShownOutput }) {
  switch (output.kind) {
    case "stream":
      return <TerminalText text={output.text} className={output.name} />;
    case "error":
      return <TerminalText text={output.traceback.join("\n")} className={errorClass(output.ename)} />;
    case "rich":
      return (
        <div className={output.isResult ? "result" : "display"}>
          {output.executionCount === undefined
            ? null
            : <span className="prompt out">Out[{output.executionCount}]:</span>}
          <RichOutput representations={output.representations} />
        </div>
      );
  }
}

/** Keeps the area as tall as before while a cell runs again, so that the cells below do not jump. */
function useSteadyHeight(isBusy: boolean) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef({ isBusy, height: 0 });
  useLayoutEffect(() => {
    const { style } = place.current!;
    style.minHeight = isBusy ? `${before.current.height}px` : "";
    before.current = { isBusy, height: isBusy ? before.current.height : heightOf(place.current!) };
  }, [isBusy]);
  useLayoutEffect(() => {
    // Frames and pictures grow after they are rendered.
    const observer = new ResizeObserver(() => {
      if (!before.current.isBusy) before.current.height = heightOf(place.current!);
    });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return place;
}

function heightOf(element: Element): number {
  return element.getBoundingClientRect().height;
}
