/**
 * A JSON value as a tree that can be opened and closed.
 *
 * @module
 */

import { collapseAllNested, defaultStyles, JsonView } from "react-json-view-lite";

/** The page's own colours, which follow light and dark. */
const style = {
  ...defaultStyles,
  container: "json-tree",
  basicChildStyle: "json-row",
  childFieldsContainer: "json-fields",
  label: "json-label",
  clickableLabel: "json-label",
  nullValue: "json-word",
  undefinedValue: "json-word",
  booleanValue: "json-word",
  numberValue: "json-number",
  stringValue: "json-string",
  otherValue: "json-word",
  punctuation: "json-punctuation",
  expandIcon: "json-icon closed",
  collapseIcon: "json-icon open",
  collapsedContent: "json-folded",
};

/** Draws the value, its first level open. */
export function JsonTree({ value }: { value: unknown }) {
  const isTree = typeof value === "object" && value !== null;
  if (!isTree) return <pre className="terminal">{JSON.stringify(value)}</pre>;
  return <JsonView data={value} shouldExpandNode={collapseAllNested} style={style} aria-label="JSON" />;
}
