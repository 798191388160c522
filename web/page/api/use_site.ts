/**
 * The data of this site, such as the model that answers.
 *
 * @module
 */

import { useRef } from "react";
import { api, type Site } from "./api.ts";
import { type Answer, useAnswer } from "./use_answer.ts";

/** Requests the data of the site, and again when the settings change. The last answer stays if a later request fails. */
export function useSite(): Answer<Site> {
  const answer = useAnswer(api.site, []);
  const last = useRef<Site>(undefined);
  if (answer.value !== undefined) last.current = answer.value;
  return last.current === undefined ? answer : { value: last.current, again: answer.again };
}
