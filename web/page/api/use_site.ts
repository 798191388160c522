/**
 * Who plays IPython on this site, as the server tells.
 *
 * @module
 */

import { useRef } from "react";
import { api, type Site } from "./api.ts";
import { type Answer, useAnswer } from "./use_answer.ts";

/** Asks, and asks again when the settings have changed. An answer stays when a later one fails. */
export function useSite(): Answer<Site> {
  const answer = useAnswer(api.site, []);
  const last = useRef<Site>(undefined);
  if (answer.value !== undefined) last.current = answer.value;
  return last.current === undefined ? answer : { value: last.current, again: answer.again };
}
