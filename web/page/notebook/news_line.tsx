/**
 * Announces the outcome of the last action.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import type { News } from "../actions/news.ts";
import { IconButton } from "../widget/icon_button.tsx";

/** Renders failures visibly, and successes for screen readers only. */
export function NewsLine({ news }: { news: News }) {
  const { text, isProblem } = useSyncExternalStore(news.subscribe, () => news.message);
  return (
    <div role="status" className={isProblem ? "offer news" : "unseen"}>
      {text}
      {isProblem && <IconButton icon="close" label="Close" onClick={() => news.clear()} />}
    </div>
  );
}
