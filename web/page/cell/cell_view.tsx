/**
 * A cell: its prompt, its editor or rendered text, and its outputs.
 *
 * @module
 */

import { memo, useEffect, useMemo, useRef } from "react";
import type { UsageTotal } from "../../../src/execution/usage_meter.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { NotebookNames } from "../actions/notebook_names.ts";
import type { FocusRequest } from "../actions/selection.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import type { FoundInCell } from "../actions/use_find.ts";
import { CellOutputs } from "../output/cell_outputs.tsx";
import { type CellRow, isBusy, numberOf, type RequestRow } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";
import { CellBoundary } from "./cell_boundary.tsx";
import { CellEditor, type EditorHandle } from "./cell_editor.tsx";
import { CellMarkdown } from "./cell_markdown.tsx";
import { CellPrompt } from "./cell_prompt.tsx";
import { CellTools } from "./cell_tools.tsx";
import { HiddenPart } from "./hidden_part.tsx";
import { selectByMouse } from "./select_by_mouse.ts";

export interface CellViewProps {
  notebook: NotebookStore;
  control: CellControl;
  cell: CellRow;
  /** The cell's number, from 1, and the number of cells. */
  number: number;
  count: number;
  /** Whether the cell is the active one. */
  isSelected: boolean;
  /** Whether the cell is one of several selected ones. */
  isMarked: boolean;
  isNumbered: boolean;
  /** The matches of the search in this cell. */
  found?: FoundInCell;
  isEditing: boolean;
  /** Set to focus the cell or its editor. */
  focus?: FocusRequest;
  /** The cell's request if the cell waits or runs. */
  request?: RequestRow;
  /** Whether the runtime answers AI cells. */
  canAsk: boolean;
  /** The cost of the last run, if it is known and a real model was asked. */
  usage?: UsageTotal;
}

/** Renders the cell. An error in it does not affect other cells. */
export const CellView = memo(function CellView(props: CellViewProps) {
  const { cell, control, number, count, isEditing } = props;
  return (
    <CellBoundary cell={cell} control={control} number={number} count={count} isEditing={isEditing}>
      <Cell {...props} />
    </CellBoundary>
  );
}, areEqual);

function Cell(props: CellViewProps) {
  const { notebook, control, cell, number, count, isSelected, isMarked, isEditing, focus, request } = props;
  const { canAsk, usage } = props;
  const { id, cellType, executionState, sourceVisible, outputVisible } = cell;
  const executionCount = useRows(notebook, useMemo(() => numberOf(id), [id]))[0] ?? undefined;
  const place = useRef<HTMLElement>(null);
  const editor = useRef<EditorHandle>(null);
  const names = useMemo(() => new NotebookNames(notebook, control.actions), [notebook, control]);
  const isCode = cellType === "code";
  const isQuestion = cellType === "ai";
  const showsEditor = isCode || cellType !== "markdown" || isEditing;

  useEffect(() => {
    if (focus === undefined) return;
    if (focus.target === "editor") editor.current?.focus(focus.at);
    else place.current?.focus();
    place.current?.scrollIntoView({ block: "nearest" });
  }, [focus]);

  const name = `${isCode ? "Code" : isQuestion ? "AI" : "Text"} cell ${number} of ${count}`;
  return (
    <article
      ref={place}
      tabIndex={isSelected ? 0 : -1}
      className={`cell ${isCode ? "code" : isQuestion ? "ai" : "text"} ${executionState}`}
      data-selected={isSelected || undefined}
      data-marked={isMarked || undefined}
      data-editing={isEditing || undefined}
      data-cell={id}
      aria-label={`${name}${stateName(executionState)}${isMarked ? ", selected" : ""}`}
      aria-posinset={number}
      aria-setsize={count}
      onMouseDownCapture={(event) => selectByMouse(event, control, isSelected)}
      onFocus={({ target, currentTarget }) => target === currentTarget ? control.leaveEditor(id) : control.select(id)}
    >
      <CellPrompt cell={cell} executionCount={executionCount} request={request} usage={usage} control={control} />
      <div className="cell-body">
        {!sourceVisible
          ? <HiddenPart control={control} id={id} part="source" excerpt={cell.source} />
          : showsEditor
          ? (
            <CellEditor
              source={cell.source}
              read={() => control.actions.drafts.read(id)}
              follow={(show) => control.actions.drafts.follow(id, show)}
              language={isCode ? "python" : "markdown"}
              label={`${isCode ? "Code" : isQuestion ? "Question" : "Text"} of cell ${number}`}
              isNumbered={props.isNumbered}
              found={props.found}
              handle={editor}
              names={names}
              onType={(source) => control.actions.drafts.type(id, source)}
              onFocus={() => control.startEditing(id)}
              onEscape={() => control.command(id)}
              onRun={(kind) => control.run(id, kind)}
              onSplit={(from, to) => control.split(id, from, to)}
              onLeave={(direction) => control.step(id, direction, "editor")}
            />
          )
          : (
            <div className="rendered" onDoubleClick={() => control.edit(id)}>
              {cell.source.trim() === ""
                ? <p className="placeholder">An empty text cell. Press Enter to write.</p>
                : <CellMarkdown notebook={notebook} cellId={id} source={cell.source} />}
            </div>
          )}
        {(isCode || isQuestion) && !outputVisible && <HiddenPart control={control} id={id} part="output" />}
        {(isCode || isQuestion) && outputVisible && (
          <CellOutputs
            notebook={notebook}
            cellId={id}
            executionCount={executionCount}
            isBusy={isBusy(cell)}
            label={`${isQuestion ? "Answer" : "Output"} of cell ${number}`}
            isAnswer={isQuestion}
            onFix={isCode && canAsk ? () => control.fix(id) : undefined}
          />
        )}
      </div>
      <CellTools cell={cell} control={control} isFirst={number === 1} isLast={number === count} />
    </article>
  );
}

function stateName(state: string): string {
  return { queued: ", queued", running: ", running", error: ", failed" }[state] ?? "";
}

/**
 * Compares properties by value. A query returns new rows each time, but a cell is rendered again only if one of its values
 * changed.
 */
function areEqual(before: CellViewProps, now: CellViewProps): boolean {
  return (Object.keys(now) as (keyof CellViewProps)[]).every((key) => {
    if (key === "cell" || key === "request" || key === "usage") {
      return JSON.stringify(before[key]) === JSON.stringify(now[key]);
    }
    return before[key] === now[key];
  });
}
