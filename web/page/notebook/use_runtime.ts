/**
 * The state of the notebook's agent according to the server.
 *
 * @module
 */

import { useEffect } from "react";
import { api, type RuntimeStatus } from "../api/api.ts";
import { type Answer, useAnswer } from "../api/use_answer.ts";

/** The interval at which the server is asked, in milliseconds: while an agent starts, and at other times. */
const POLL_MS = { starting: 500, settled: 10_000 };

/**
 * Asks the server for the state at intervals.
 *
 * @param news when this value changes, the server is asked at once
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
