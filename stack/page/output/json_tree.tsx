/**
 * A JSON value as a tree that can be opened and closed.
 *
 * @module
 */

import { collapseAllNested, defaultStyles, JsonView } from "react-json-view-lite";

const style = { ...defaultStyles, container: "json-tree" };

/** Draws the value, its first level open. */
export function JsonTree({ value }: { value: unknown }) {
  const isTree = typeof value === "object" && value !== null;
  if (!isTree) return <pre className="terminal">{JSON.stringify(value)}</pre>;
  return <JsonView data={value} shouldExpandNode={collapseAllNested} style={style} aria-label="JSON" />;
}
