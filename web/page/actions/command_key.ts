/**
 * Keys of command mode and their commands.
 *
 * @module
 */

export type Command =
  | "previous"
  | "next"
  | "extend up"
  | "extend down"
  | "extend to top"
  | "extend to bottom"
  | "select all"
  | "collapse"
  | "edit"
  | "run"
  | "run and select the next cell"
  | "run and insert"
  | "above"
  | "below"
  | "delete"
  | "cut"
  | "copy"
  | "paste above"
  | "paste below"
  | "merge"
  | "undo"
  | "text"
  | "code"
  | "ask"
  | "move up"
  | "move down"
  | "interrupt"
  | "restart"
  | "request and reply"
  | "line numbers"
  | "all line numbers"
  | "output"
  | "source"
  | "find"
  | "keys";

const plain: Readonly<Record<string, Command>> = {
  ArrowUp: "previous",
  k: "previous",
  ArrowDown: "next",
  j: "next",
  Enter: "edit",
  a: "above",
  b: "below",
  d: "delete",
  x: "cut",
  c: "copy",
  v: "paste below",
  V: "paste above",
  M: "merge",
  K: "extend up",
  J: "extend down",
  l: "line numbers",
  L: "all line numbers",
  o: "output",
  O: "source",
  f: "find",
  Escape: "collapse",
  z: "undo",
  m: "text",
  y: "code",
  q: "ask",
  i: "interrupt",
  "0": "restart",
  t: "request and reply",
  "?": "keys",
};

/** The commands of keys with Shift. Letters are capitals here. */
const shifted: Readonly<Record<string, Command>> = {
  ArrowUp: "extend up",
  ArrowDown: "extend down",
  Home: "extend to top",
  End: "extend to bottom",
};

/** Reads a key. Returns `undefined` if it has no command. Caps Lock is ignored. */
export function readCommandKey(
  { key: pressed, shiftKey, ctrlKey, metaKey, altKey }: Pick<
    KeyboardEvent,
    "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"
  >,
): Command | undefined {
  const key = pressed.length > 1 ? pressed : shiftKey ? pressed.toUpperCase() : pressed.toLowerCase();
  const isMod = ctrlKey || metaKey;
  if (key === "Enter" && shiftKey) return "run and select the next cell";
  if (key === "Enter" && isMod) return "run";
  if (key === "Enter" && altKey) return "run and insert";
  if (key === "ArrowUp" && (altKey || isMod && shiftKey)) return "move up";
  if (key === "ArrowDown" && (altKey || isMod && shiftKey)) return "move down";
  if (isMod && !altKey && key === "a") return "select all";
  if (isMod || altKey) return undefined;
  if (shiftKey && Object.hasOwn(shifted, key)) return shifted[key];
  return Object.hasOwn(plain, key) ? plain[key] : undefined;
}

export type RunCommand = "run all" | "run one by one" | "run above" | "run below";

/** Reads a key that runs several cells. It also works in an editor. Returns `undefined` for other keys. */
export function readRunKey(
  { key, shiftKey, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">,
): RunCommand | undefined {
  if (!ctrlKey && !metaKey) return undefined;
  if (key === "F9") return shiftKey ? "run one by one" : "run all";
  if (shiftKey) return undefined;
  return key === "F8" ? "run above" : key === "F10" ? "run below" : undefined;
}

/** The keys that search: the browser's own search, which is replaced where it would miss cells, and search and replace. */
export type FindCommand = "find" | "replace";

/** Reads a key that searches. It also works in an editor. Returns `undefined` for other keys. */
export function readFindKey(
  { key, shiftKey, altKey, ctrlKey, metaKey }: Pick<
    KeyboardEvent,
    "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey"
  >,
): FindCommand | undefined {
  if (!ctrlKey && !metaKey || shiftKey || altKey) return undefined;
  return key.toLowerCase() === "f" ? "find" : key.toLowerCase() === "h" ? "replace" : undefined;
}

/** The list of keys that is shown to the user, in this order. */
export const keyHelp: readonly { keys: string; does: string; mode: "any" | "command" | "edit" }[] = [
  { keys: "Shift+Enter", does: "run and select the next cell", mode: "any" },
  { keys: "Ctrl+Enter", does: "run and stay", mode: "any" },
  { keys: "Alt+Enter", does: "run and add a cell", mode: "any" },
  { keys: "Ctrl+F9", does: "run all, until one fails", mode: "any" },
  { keys: "Ctrl+Shift+F9", does: "run all, continue after errors", mode: "any" },
  { keys: "Ctrl+F8", does: "run all above the cell", mode: "any" },
  { keys: "Ctrl+F10", does: "run the cell and below", mode: "any" },
  { keys: "Ctrl+H", does: "find and replace in all cells", mode: "any" },
  { keys: "Ctrl+F", does: "find; the browser’s own search if it sees every line", mode: "any" },
  { keys: "Esc", does: "stop editing: keys are commands", mode: "edit" },
  { keys: "Tab, Ctrl+Space", does: "complete a name", mode: "edit" },
  { keys: "Shift+Tab", does: "show the signature of a function", mode: "edit" },
  { keys: "Tab", does: "indent, if there is no name to complete (Esc, then Tab, leaves the cell)", mode: "edit" },
  { keys: "Ctrl+Shift+-", does: "split the cell at the cursor", mode: "edit" },
  { keys: "Enter", does: "edit the cell", mode: "command" },
  { keys: "↑ k, ↓ j", does: "go to the cell above, below", mode: "command" },
  {
    keys: "Shift+↑ K, Shift+↓ J",
    does: "select the cell above, below, too; so does Shift and a click",
    mode: "command",
  },
  { keys: "Ctrl+A", does: "select all cells (Shift+Home, Shift+End: up to an end; Esc: one)", mode: "command" },
  { keys: "a, b", does: "add a cell above, below", mode: "command" },
  { keys: "x, c", does: "cut, copy the cells; so do Ctrl+X, Ctrl+C", mode: "command" },
  { keys: "v, V", does: "paste cells below, above; so does Ctrl+V", mode: "command" },
  { keys: "M", does: "merge the cells, or the cell with the one below", mode: "command" },
  { keys: "d d", does: "delete the cells", mode: "command" },
  { keys: "z", does: "undo: bring back deleted cells, cleared outputs, replaced text", mode: "command" },
  { keys: "f", does: "find and replace in all cells", mode: "command" },
  { keys: "l, L", does: "line numbers of the cell, of all cells", mode: "command" },
  { keys: "o, O", does: "hide or show the output, the source", mode: "command" },
  { keys: "i i", does: "interrupt everything that waits or runs", mode: "command" },
  { keys: "0 0", does: "restart; “More ways to run” can also run all cells then", mode: "command" },
  { keys: "m, y, q", does: "make it text, code, a question to the AI", mode: "command" },
  { keys: "Alt+↑, Alt+↓", does: "move the cells; so does Ctrl+Shift and an arrow", mode: "command" },
  { keys: "t", does: "show its request to the model, and the reply", mode: "command" },
  { keys: "?", does: "show these keys", mode: "command" },
];
