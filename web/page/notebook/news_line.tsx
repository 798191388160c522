/**
 * Says what was just done, or why it was not.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import type { News } from "../actions/news.ts";
import { IconButton } from "../widget/icon_button.tsx";

/** Draws what was not done; what was done is for screen readers alone. */
export function NewsLine({ news }: { news: News }) {
  const { text, isProblem } = useSyncExternalStore(news.subscribe, () => news.message);
  return (
    <div role="status" className={isProblem ? "offer news" : "unseen"}>
      {text}
      {isProblem && <IconButton icon="close" label="Close" onClick={() => news.clear()} />}
    </div>
  );
}
