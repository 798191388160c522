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
  | "move up"
  | "move down"
  | "interrupt"
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
  i: "interrupt",
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

/** The keys, for people; in the order in which they are shown. */
export const keyHelp: readonly { keys: string; does: string; mode: "any" | "command" | "edit" }[] = [
  { keys: "Shift+Enter", does: "run and go on", mode: "any" },
  { keys: "Ctrl+Enter", does: "run and stay", mode: "any" },
  { keys: "Alt+Enter", does: "run and add a cell", mode: "any" },
  { keys: "Esc", does: "stop editing: keys are commands", mode: "edit" },
  { keys: "Ctrl+Space", does: "complete a name", mode: "edit" },
  { keys: "Tab", does: "indent (Esc, then Tab, leaves the cell)", mode: "edit" },
  { keys: "Enter", does: "edit the cell", mode: "command" },
  { keys: "↑ k, ↓ j", does: "go to the cell above, below", mode: "command" },
  { keys: "a, b", does: "add a cell above, below", mode: "command" },
  { keys: "d d", does: "delete the cell", mode: "command" },
  { keys: "z", does: "bring the deleted cell back", mode: "command" },
  { keys: "i i", does: "interrupt everything that waits or runs", mode: "command" },
  { keys: "m, y", does: "make it text, code", mode: "command" },
  { keys: "Alt+↑, Alt+↓", does: "move the cell", mode: "command" },
  { keys: "?", does: "show these keys", mode: "command" },
];
