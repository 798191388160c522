/**
 * Reads the command line: what was given for which option, and everything about it that cannot be right.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { ConfigurationIssue } from "../errors.ts";
import { closest } from "../options/closest.ts";
import type { FlagEntry } from "../options/option_entry.ts";
import { commandFlags, optionTable } from "../options/option_table.ts";

/** What a command line says. */
export interface ParsedFlags {
  /** The text given for each option, by the option's name: `notebookId`; `"true"` for a flag without a value. */
  values: Record<string, string>;
  /** Everything that is wrong, in the order of the command line. */
  issues: ConfigurationIssue[];
}

/** What a flag stands for. */
interface Meaning {
  name: string;
  entry: FlagEntry;
  /** The value of a flag that takes none; absent where it takes one. */
  implied?: string;
  /** Whether its value must not be repeated, not even where it was mistaken for a flag. */
  secret: boolean;
}

/** Every flag as it is written, with its dashes. */
const meanings = new Map<string, Meaning>();
for (const [name, entry] of Object.entries<FlagEntry & { secret?: true }>({ ...optionTable, ...commandFlags })) {
  const meaning: Meaning = { name, entry, secret: entry.secret === true };
  if (entry.placeholder === undefined) meaning.implied = "true";
  meanings.set(`--${entry.flag}`, meaning);
  if (entry.short !== undefined) meanings.set(`-${entry.short}`, meaning);
  if (name in optionTable && entry.placeholder === undefined) {
    meanings.set(`--no-${entry.flag}`, { ...meaning, implied: "false" });
  }
}

/**
 * Reads a command line to its end, whatever is wrong with it. Of a flag given twice the last one counts.
 *
 * A word after an unknown flag is taken for that flag's value: it is neither reported on its own nor repeated, since it may be a secret.
 *
 * @param args the arguments after the command's name
 */
export function parseFlags(args: readonly string[]): ParsedFlags {
  const reader = new FlagReader();
  // Told of no options, `parseArgs` splits words and `=` and leaves it to us which word is a flag's value: told of them it takes
  // the next flag for a value.
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true });
  tokens.forEach((token, position) => {
    if (token.kind === "positional") reader.word(token.value);
    else if (token.kind === "option-terminator") reader.settle();
    else if (token.rawName.startsWith("--")) reader.flag(token.rawName, token.value);
    // `parseArgs` takes `-abc` apart into three tokens of one index; here it is one unknown flag.
    else if (tokens[position - 1]?.index !== token.index) reader.flag(args[token.index]);
  });
  reader.settle();
  return { values: reader.values, issues: reader.issues };
}

/** Takes a command line word by word. */
class FlagReader {
  readonly values: Record<string, string> = {};
  readonly issues: ConfigurationIssue[] = [];
  /** The flag whose value may come next. */
  #waiting: Meaning | "unknown" | undefined;

  /** Takes a word that is no flag. */
  word(word: string): void {
    if (typeof this.#waiting === "object") this.values[this.#waiting.name] = word;
    else if (this.#waiting === undefined) this.#report(`unexpected argument ${JSON.stringify(word)}`);
    this.#waiting = undefined;
  }

  /** Takes a flag, and its value where it was written behind `=`. */
  flag(written: string, value?: string): void {
    const meaning = meanings.get(written);
    if (meaning === undefined) return this.#unknown(written, value);
    const { name, implied } = meaning;
    this.settle();
    if (implied === undefined && value === undefined) this.#waiting = meaning;
    else if (implied !== undefined && value !== undefined) this.#report(`${written} takes no value`, name);
    else this.values[name] = value ?? implied ?? "";
  }

  /** Gives up waiting for a value. */
  settle(): void {
    if (typeof this.#waiting === "object") {
      const { name, entry: { flag, placeholder } } = this.#waiting;
      const form = `--${flag}=${placeholder} where it begins with a dash`;
      this.#report(`--${flag} needs a value: --${flag} ${placeholder} (or ${form})`, name);
    }
    this.#waiting = undefined;
  }

  #unknown(written: string, value: string | undefined): void {
    const waiting = typeof this.#waiting === "object" ? this.#waiting : undefined;
    if (waiting !== undefined && /^-[\d.]/.test(written)) return this.word(written);
    const meant = closestFlag(written);
    const couldBeValue = meant === undefined && (!written.startsWith("--") || waiting?.secret === true);
    this.settle();
    if (waiting !== undefined && couldBeValue) return;
    this.#report(`unknown flag ${written}${meant === undefined ? "" : `: did you mean ${meant}?`}`);
    if (value === undefined) this.#waiting = "unknown";
  }

  #report(message: string, option?: string): void {
    this.issues.push(option === undefined ? { message } : { option, message });
  }
}

/** The known flag that a mistyped one resembles. */
function closestFlag(written: string): string | undefined {
  const flags = [...meanings.keys()].filter((flag) => flag.startsWith("--")).map((flag) => flag.slice(2));
  const meant = closest(written.replace(/^-+/, "").split("=")[0], flags);
  return meant === undefined ? undefined : `--${meant}`;
}
