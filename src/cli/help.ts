/**
 * The text of `aipython --help`, made from the tables of options and exit codes.
 *
 * @module
 */

import type { FlagEntry, OptionEntry } from "../options/option_entry.ts";
import { commandFlags, optionTable } from "../options/option_table.ts";
import { exitCodes } from "./exit_code.ts";

/** The narrowest terminal in use. */
const width = 80;

/** Where the right column begins. */
const rightColumn = 32;

/** Writes the help text, at most 80 columns wide. */
export function formatHelp(): string {
  return [
    "Usage: aipython --notebook ID --auth-token TOKEN [options]",
    "",
    ...wrap(
      "Attaches to an Anode notebook as its Python runtime. Nothing is executed: for every cell that is run, a " +
        "language model is asked what IPython would show, and its outputs appear in the notebook while it writes " +
        "them. It runs until it is interrupted (Ctrl-C; a second one leaves at once).",
      width,
    ),
    "",
    "Options:",
    ...Object.values<OptionEntry<unknown>>(optionTable).flatMap(optionLines),
    ...Object.values<FlagEntry>(commandFlags).flatMap(({ help, ...entry }) => columns([flagForm(entry)], [help])),
    "",
    ...wrap(
      "A flag counts before the environment variable named below it, the variable before the env file, the env file " +
        "before the default. An empty variable counts as not set.",
      width,
    ),
    "",
    "Exit codes:",
    ...exitCodes.map(({ code, meaning }) => `  ${String(code).padEnd(5)}${meaning}`),
    "",
    "Examples:",
    "  aipython --notebook my-notebook --auth-token my-token",
    "  NOTEBOOK_ID=my-notebook aipython --env-file work.env --log-level debug",
    "  aipython --base-url http://127.0.0.1:11434/v1 --api-key none --model qwen3",
    "",
  ].join("\n");
}

/** An option's help, its default and its environment variables. */
function optionLines(option: OptionEntry<unknown>): string[] {
  const { help, environment, fallback } = option;
  const notes = {
    required: "Required.",
    value: `Default: ${fallback?.kind === "value" ? fallback.value : ""}.`,
    made: `Default: ${fallback?.kind === "made" ? fallback.shown : ""}.`,
    none: "",
  };
  const left = option.placeholder === undefined ? [`--${option.flag},`, `--no-${option.flag}`] : [flagForm(option)];
  return columns(left, [
    `${help} ${notes[fallback?.kind ?? "none"]}`,
    `[${environment.join(", ")}]`,
  ]);
}

/** `--auth-token TOKEN`, `-h, --help`. */
function flagForm({ flag, short, placeholder }: Omit<FlagEntry, "help">): string {
  if (placeholder !== undefined) return `--${flag} ${placeholder}`;
  return short === undefined ? `--${flag}` : `-${short}, --${flag}`;
}

/** Flags on the left, paragraphs on the right. */
function columns(left: readonly string[], right: readonly string[]): string[] {
  const lines = right.flatMap((paragraph) => wrap(paragraph, width - rightColumn));
  const height = Math.max(left.length, lines.length);
  return Array.from({ length: height }, (_, row) => {
    return `  ${left[row] ?? ""}`.padEnd(rightColumn) + (lines[row] ?? "");
  });
}

/** Breaks text into lines between words. */
function wrap(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const line = lines[lines.length - 1];
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
