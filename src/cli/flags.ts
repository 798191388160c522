/**
 * Parses the command line into the values of options, and collects all problems.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { ConfigurationIssue } from "../errors.ts";
import { closest } from "../options/closest.ts";
import type { FlagEntry, OptionEntry } from "../options/option_entry.ts";
import { commandFlags, optionTable } from "../options/option_table.ts";
import type { CommandEntry } from "./command.ts";
import { adviseOnWord } from "./commands.ts";

export interface ParsedFlags {
  /** The text given for each option, by the option's name: `notebookId`; `"true"` for a flag without a value. */
  values: Record<string, string>;
  /** The words that are not flags, no more than the command takes. */
  operands: string[];
  /** All problems, in the order of the command line. */
  issues: ConfigurationIssue[];
}

interface Meaning {
  name: string;
  entry: FlagEntry;
  /** The value that a flag without a value has; absent for a flag that takes a value. */
  implied?: string;
  /** The separator of a list. If such a flag is repeated, its values are joined. */
  separator?: string;
  /** Whether messages must not repeat its value, even if the value was mistaken for a flag. */
  secret: boolean;
}

export type FlagsOf = Pick<CommandEntry, "settings" | "flags" | "operand">;

/** A flag of a setting, or a flag of the command. */
type SomeFlag = FlagEntry & Partial<Pick<OptionEntry<unknown>, "secret" | "kind">>;

/** Maps every flag that a command takes, as it is written with its dashes, to its meaning. */
function meaningsOf({ settings, flags }: FlagsOf): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  const options = settings.map((name): [string, SomeFlag] => [name, optionTable[name]]);
  for (const [name, entry] of [...options, ...Object.entries<SomeFlag>({ ...flags, ...commandFlags })]) {
    const meaning: Meaning = { name, entry, secret: entry.secret === true, separator: entry.kind?.separator };
    if (entry.placeholder === undefined) meaning.implied = "true";
    meanings.set(`--${entry.flag}`, meaning);
    if (entry.short !== undefined) meanings.set(`-${entry.short}`, meaning);
    if (name in optionTable && entry.placeholder === undefined) {
      meanings.set(`--no-${entry.flag}`, { ...meaning, implied: "false" });
    }
  }
  return meanings;
}

/**
 * Parses a whole command line and collects all problems. If a flag is given twice, the last value counts, except that the values of a
 * list are joined.
 *
 * A word after an unknown flag is taken for that flag's value. It is neither reported nor repeated, because it may be a secret.
 *
 * @param args the arguments after the command's name
 */
export function parseFlags(args: readonly string[], command: FlagsOf): ParsedFlags {
  const reader = new FlagReader(meaningsOf(command), command.operand);
  // Without options `parseArgs` splits words at `=` and does not assign values to flags. With options it would take the next flag
  // for a value.
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true });
  tokens.forEach((token, position) => {
    if (reader.takesAnything) return tokens[position - 1]?.index === token.index || reader.word(args[token.index]);
    if (token.kind === "positional") reader.word(token.value);
    else if (token.kind === "option-terminator") reader.settle();
    else if (token.rawName.startsWith("--")) reader.flag(token.rawName, token.value);
    // `parseArgs` splits `-abc` into three tokens of one index; here it is one unknown flag.
    else if (tokens[position - 1]?.index !== token.index) reader.flag(args[token.index]);
  });
  return reader.end();
}

/** Reads a command line word by word. */
class FlagReader {
  readonly #meanings: ReadonlyMap<string, Meaning>;
  readonly #operand: FlagsOf["operand"];
  readonly #values: Record<string, string> = {};
  readonly #operands: string[] = [];
  readonly #issues: ConfigurationIssue[] = [];
  /** The flag that a value may follow. */
  #waiting: Meaning | "unknown" | undefined;
  /** The first value of a flag that takes two. */
  #first: string | undefined;

  constructor(meanings: ReadonlyMap<string, Meaning>, operand: FlagsOf["operand"]) {
    this.#meanings = meanings;
    this.#operand = operand;
  }

  /** Whether the next word is a value even if it looks like a flag: the second value of a flag with two. */
  get takesAnything(): boolean {
    return this.#first !== undefined;
  }

  /** Handles a word that is not a flag. */
  word(word: string): void {
    if (typeof this.#waiting === "object" && this.#waiting.entry.second !== undefined) {
      return this.#pair(this.#waiting, word);
    }
    if (typeof this.#waiting === "object") this.#set(this.#waiting, word);
    else if (this.#waiting === undefined) this.#take(word);
    this.#waiting = undefined;
  }

  #pair(meaning: Meaning, word: string): void {
    if (this.#first === undefined) {
      this.#first = word;
      return;
    }
    this.#set({ ...meaning, separator: "\n" }, JSON.stringify([this.#first, word]));
    this.#first = undefined;
    this.#waiting = undefined;
  }

  /** Ends the parsing, and returns the result. */
  end(): ParsedFlags {
    this.settle();
    if (this.#operand !== undefined && !this.#operand.isOptional && this.#operands.length === 0) {
      this.#report(`missing ${this.#operand.placeholder}: ${this.#operand.help}`);
    }
    return { values: this.#values, operands: this.#operands, issues: this.#issues };
  }

  #take(word: string): void {
    if (this.#operand !== undefined && this.#operands.length === 0) return void this.#operands.push(word);
    const advice = this.#operand === undefined ? `: ${adviseOnWord(word)}` : "";
    this.#report(`unexpected argument ${JSON.stringify(word)}${advice}`);
  }

  /** Handles a flag, and its value if that was written after `=`. */
  flag(written: string, value?: string): void {
    const meaning = this.#meanings.get(written);
    if (meaning === undefined) return this.#unknown(written, value);
    const { name, implied } = meaning;
    this.settle();
    if (implied === undefined && (value === undefined || meaning.entry.second !== undefined)) {
      this.#waiting = meaning;
      if (value !== undefined) this.#first = value;
    } else if (implied !== undefined && value !== undefined) this.#report(`${written} takes no value`, name);
    else this.#set(meaning, value ?? implied ?? "");
  }

  #set({ name, separator }: Meaning, value: string): void {
    const earlier = separator === undefined ? undefined : this.#values[name];
    this.#values[name] = earlier === undefined ? value : `${earlier}${separator}${value}`;
  }

  /** Reports a flag whose value is missing. */
  settle(): void {
    if (typeof this.#waiting === "object") {
      const { name, entry: { flag, placeholder, second } } = this.#waiting;
      if (second !== undefined) this.#report(`--${flag} needs two values: --${flag} ${placeholder} ${second}`, name);
      else {
        const form = `--${flag}=${placeholder} if it begins with a dash`;
        this.#report(`--${flag} needs a value: --${flag} ${placeholder} (or ${form})`, name);
      }
    }
    this.#waiting = undefined;
    this.#first = undefined;
  }

  #unknown(written: string, value: string | undefined): void {
    const waiting = typeof this.#waiting === "object" ? this.#waiting : undefined;
    if (waiting !== undefined && /^-[\d.]/.test(written)) return this.word(written);
    const meant = closestFlag(written, this.#meanings);
    const couldBeValue = meant === undefined && (!written.startsWith("--") || waiting?.secret === true);
    this.settle();
    if (waiting !== undefined && couldBeValue) return;
    this.#report(`unknown flag ${written}${meant === undefined ? "" : `: did you mean ${meant}?`}`);
    if (value === undefined) this.#waiting = "unknown";
  }

  #report(message: string, option?: string): void {
    this.#issues.push(option === undefined ? { message } : { option, message });
  }
}

/** Finds the known flag that a mistyped one resembles. */
function closestFlag(written: string, meanings: ReadonlyMap<string, Meaning>): string | undefined {
  const flags = [...meanings.keys()].filter((flag) => flag.startsWith("--")).map((flag) => flag.slice(2));
  const meant = closest(written.replace(/^-+/, "").split("=")[0], flags);
  return meant === undefined ? undefined : `--${meant}`;
}
