/**
 * A notice that a language model simulates the outputs. It stays until the reader confirms it.
 *
 * @module
 */

import { useState } from "react";
import type { Site } from "../api/api.ts";
import { Notice } from "../widget/notice.tsx";

/** The key that is set in the browser once the notice is confirmed. */
const KEY = "aipython.understood";

/** Renders the notice. On paper it is always there. */
export function MadeUpLine({ site }: { site: Site }) {
  const [isUnderstood, setUnderstood] = useState(() => localStorage.getItem(KEY) !== null);
  const understand = () => {
    localStorage.setItem(KEY, "yes");
    setUnderstood(true);
  };
  return (
    <div className={`made-up ${isUnderstood ? "understood" : ""}`}>
      <Notice kind="hint" action={<button type="button" onClick={understand}>Understood</button>}>
        <strong>Simulated outputs.</strong> {site.isOffline
          ? (
            <>
              No language model is set up, so an offline stand-in answers: a small Python without numpy and the like.
              Choose a real model in the settings: press the state of the runtime, above.
            </>
          )
          : (
            <>
              {site.model} at {site.modelHost}{" "}
              is asked what IPython would show. No code is executed, and outputs can be wrong.
            </>
          )}
      </Notice>
    </div>
  );
}
