/**
 * Announces to screen readers how cells have ended.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import type { CellRow } from "../store/queries.ts";

const ends: Readonly<Record<string, string>> = { completed: "is done", error: "has failed", idle: "was stopped" };

export function Announcer({ cells }: { cells: readonly CellRow[] }) {
  const [text, setText] = useState("");
  const before = useRef(new Map<string, string>());
  useEffect(() => {
    const news = cells.flatMap(({ id, executionState: now }, index) => {
      const earlier = before.current.get(id);
      const wasBusy = earlier === "queued" || earlier === "running";
      return wasBusy && Object.hasOwn(ends, now) ? [`Cell ${index + 1} ${ends[now]}`] : [];
    });
    before.current = new Map(cells.map(({ id, executionState }) => [id, executionState]));
    if (news.length > 0) setText(`${news.join(". ")}.`);
  }, [cells]);
  return <p role="status" className="unseen">{text}</p>;
}
