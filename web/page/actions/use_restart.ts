/**
 * Restarts a notebook's runtime after a confirmation, and runs all cells afterwards if requested.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { NotebookActions } from "./notebook_actions.ts";
import { restartRuntime } from "./restart_runtime.ts";

const RESTART = "Running cells are stopped, all variables are forgotten, and numbering starts again at In [1]. ";

const QUESTIONS = {
  restart: `Restart? ${RESTART}Cells and outputs stay.`,
  "restart and run all": `Restart and run all? ${RESTART}Then all cells are run until one fails.`,
};

export type RestartKind = keyof typeof QUESTIONS;

export interface Restart {
  isRestarting: boolean;
  /** The reason the cells were not run after a restart. */
  problem?: string;
  /** Restarts after a confirmation. Does nothing during a restart. The function stays the same. */
  restart(kind: RestartKind): Promise<void>;
}

/**
 * Keeps the state of restarts of a notebook.
 *
 * @param onRestarted called after a restart, to update the state of the runtime
 */
export function useRestart(
  id: string,
  notebook: NotebookStore,
  actions: NotebookActions,
  onRestarted: () => void,
): Restart {
  const [isRestarting, setRestarting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const latest = useRef(onRestarted);
  latest.current = onRestarted;
  const restart = useMemo(() => {
    let isUnderWay = false;
    return async (kind: RestartKind) => {
      if (isUnderWay || !confirm(QUESTIONS[kind])) return;
      isUnderWay = true;
      setRestarting(true);
      setProblem(undefined);
      const isServed = await restartRuntime(id, notebook, actions);
      if (kind === "restart and run all") {
        if (isServed) actions.runAll();
        else {setProblem(
            "The cells were not run, because the runtime has not started again. Try “Restart and run all” again.",
          );}
      }
      isUnderWay = false;
      setRestarting(false);
      latest.current();
    };
  }, [id, notebook, actions]);
  return { isRestarting, problem, restart };
}
