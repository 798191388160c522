/**
 * What stands under a cell.
 *
 * @module
 */

import { useLayoutEffect, useMemo, useRef } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { outputsOf } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";
import { readOutputs, type ShownOutput } from "./cell_output.ts";
import { RichOutput } from "./rich_output.tsx";
import { TerminalText } from "./terminal_text.tsx";

/** What the outputs need. */
export interface CellOutputsProps {
  notebook: NotebookStore;
  cellId: string;
  /** Whether the cell waits or runs. */
  isBusy: boolean;
  /** The name of this place, for a screen reader. */
  label: string;
}

/** Draws a cell's outputs while they arrive. */
export function CellOutputs({ notebook, cellId, isBusy, label }: CellOutputsProps) {
  const query = useMemo(() => outputsOf(cellId), [cellId]);
  const outputs = readOutputs(useRows(notebook, query));
  const place = useSteadyHeight(isBusy);
  return (
    <div ref={place} className="outputs" role="log" aria-label={label}>
      {outputs.map((output) => <Output key={output.id} output={output} />)}
    </div>
  );
}

function Output({ output }: { output: ShownOutput }) {
  switch (output.kind) {
    case "stream":
      return <TerminalText text={output.text} className={output.name} />;
    case "error": {
      const { ename, evalue, traceback } = output;
      const text = traceback.length > 0
        ? traceback.join("\n")
        : [ename, evalue].filter((part) => part !== "").join(": ");
      return <TerminalText text={text} className="traceback" />;
    }
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

/** Keeps a place as tall as it was while a cell runs again, so that what is below does not jump up and down. */
function useSteadyHeight(isBusy: boolean) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef({ isBusy, height: 0 });
  useLayoutEffect(() => {
    before.current.isBusy = isBusy;
    place.current!.style.minHeight = isBusy ? `${before.current.height}px` : "";
  }, [isBusy]);
  useLayoutEffect(() => {
    // Frames and pictures grow after they were drawn.
    const observer = new ResizeObserver(([{ contentRect }]) => {
      if (!before.current.isBusy) before.current.height = contentRect.height;
    });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return place;
}
