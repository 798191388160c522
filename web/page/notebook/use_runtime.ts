/**
 * How the notebook's agent is, as the server tells.
 *
 * @module
 */

import { useEffect } from "react";
import { api, type RuntimeStatus } from "../api/api.ts";
import { type Answer, useAnswer } from "../api/use_answer.ts";

/** How often the server is asked, in milliseconds: while an agent starts, and else. */
const POLL_MS = { starting: 500, settled: 10_000 };

/**
 * Asks how the agent is, and again from time to time.
 *
 * @param news asks at once when this changes
 */
export function useRuntime(notebookId: string, news: unknown): Answer<RuntimeStatus> {
  const answer = useAnswer(() => api.runtime(notebookId), [notebookId, news]);
  const { value, again } = answer;
  const isStarting = value === undefined || value.state === "starting" || value.state === "absent";
  useEffect(() => {
    const timer = setInterval(again, isStarting ? POLL_MS.starting : POLL_MS.settled);
    return () => clearInterval(timer);
  }, [isStarting, again]);
  return answer;
}
