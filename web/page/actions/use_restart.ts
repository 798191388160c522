/**
 * Restarts a notebook's runtime once the person has agreed, and runs all cells then if that is wanted.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { NotebookActions } from "./notebook_actions.ts";
import { restartRuntime } from "./restart_runtime.ts";

const RESTART = "What runs is stopped, all variables are forgotten, and counting begins anew with In [1]. ";

const QUESTIONS = {
  restart: `Restart? ${RESTART}Cells and outputs stay.`,
  "restart and run all": `Restart and run all? ${RESTART}Then all cells are run, until one of them fails.`,
};

/** What is done: the runtime is restarted only, or all cells are run, too. */
export type RestartKind = keyof typeof QUESTIONS;

/** A restart, as the page follows it. */
export interface Restart {
  isRestarting: boolean;
  /** Why the cells were not run after a restart. */
  problem?: string;
  /** Asks the person, and restarts. Nothing happens while a restart is under way. The same function every time. */
  restart(kind: RestartKind): Promise<void>;
}

/**
 * Makes restarts for a notebook.
 *
 * @param id the notebook's id
 * @param onRestarted asks how the runtime is
 */
export function useRestart(
  id: string,
  notebook: NotebookStore,
  actions: NotebookActions,
  onRestarted: () => void,
): Restart {
  const [isRestarting, setRestarting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const told = useRef(onRestarted);
  told.current = onRestarted;
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
      told.current();
    };
  }, [id, notebook, actions]);
  return { isRestarting, problem, restart };
}
