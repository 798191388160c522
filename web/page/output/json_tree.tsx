/**
 * A JSON value as a collapsible tree.
 *
 * @module
 */

import { collapseAllNested, defaultStyles, JsonView } from "react-json-view-lite";

/** Uses the page's colour variables, which follow the light and the dark theme. */
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

/** Renders the value with its first level open. */
export function JsonTree({ value }: { value: unknown }) {
  const isTree = typeof value === "object" && value !== null;
  if (!isTree) return <pre className="terminal">{JSON.stringify(value)}</pre>;
  return <JsonView data={value} shouldExpandNode={collapseAllNested} style={style} aria-label="JSON" />;
}
