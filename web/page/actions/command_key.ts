/**
 * What a key stands for in command mode.
 *
 * @module
 */

/** The commands that have keys. */
export type Command =
  | "previous"
  | "next"
  | "edit"
  | "run"
  | "run and go on"
  | "run and insert"
  | "above"
  | "below"
  | "delete"
  | "undo"
  | "text"
  | "code"
  | "ask"
  | "move up"
  | "move down"
  | "interrupt"
  | "restart"
  | "asked and answered"
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
  z: "undo",
  m: "text",
  y: "code",
  q: "ask",
  i: "interrupt",
  "0": "restart",
  t: "asked and answered",
  "?": "keys",
};

/** Reads a key; nothing if it is no command. */
export function readCommandKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Pick<
    KeyboardEvent,
    "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"
  >,
): Command | undefined {
  if (key === "Enter" && shiftKey) return "run and go on";
  if (key === "Enter" && (ctrlKey || metaKey)) return "run";
  if (key === "Enter" && altKey) return "run and insert";
  if (altKey && key === "ArrowUp") return "move up";
  if (altKey && key === "ArrowDown") return "move down";
  if (ctrlKey || metaKey || altKey) return undefined;
  return Object.hasOwn(plain, key) ? plain[key] : undefined;
}

/** The ways to run several cells. */
export type RunCommand = "run all" | "run one by one" | "run above" | "run below";

/** Reads a key that runs several cells, also from within an editor; nothing if it does not. */
export function readRunKey(
  { key, shiftKey, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">,
): RunCommand | undefined {
  if (!ctrlKey && !metaKey) return undefined;
  if (key === "F9") return shiftKey ? "run one by one" : "run all";
  if (shiftKey) return undefined;
  return key === "F8" ? "run above" : key === "F10" ? "run below" : undefined;
}

/** The keys, for people; in the order in which they are shown. */
export const keyHelp: readonly { keys: string; does: string; mode: "any" | "command" | "edit" }[] = [
  { keys: "Shift+Enter", does: "run and go on", mode: "any" },
  { keys: "Ctrl+Enter", does: "run and stay", mode: "any" },
  { keys: "Alt+Enter", does: "run and add a cell", mode: "any" },
  { keys: "Ctrl+F9", does: "run all, until one fails", mode: "any" },
  { keys: "Ctrl+Shift+F9", does: "run all, go on after errors", mode: "any" },
  { keys: "Ctrl+F8", does: "run all above the cell", mode: "any" },
  { keys: "Ctrl+F10", does: "run the cell and below", mode: "any" },
  { keys: "Esc", does: "stop editing: keys are commands", mode: "edit" },
  { keys: "Ctrl+Space", does: "complete a name", mode: "edit" },
  { keys: "Tab", does: "indent (Esc, then Tab, leaves the cell)", mode: "edit" },
  { keys: "Enter", does: "edit the cell", mode: "command" },
  { keys: "↑ k, ↓ j", does: "go to the cell above, below", mode: "command" },
  { keys: "a, b", does: "add a cell above, below", mode: "command" },
  { keys: "d d", does: "delete the cell", mode: "command" },
  { keys: "z", does: "bring back the deleted cell, or cleared outputs", mode: "command" },
  { keys: "i i", does: "interrupt everything that waits or runs", mode: "command" },
  { keys: "0 0", does: "restart; “More ways to run” can run all then, too", mode: "command" },
  { keys: "m, y, q", does: "make it text, code, a question to the AI", mode: "command" },
  { keys: "Alt+↑, Alt+↓", does: "move the cell", mode: "command" },
  { keys: "t", does: "show what was asked and answered for it", mode: "command" },
  { keys: "?", does: "show these keys", mode: "command" },
];
