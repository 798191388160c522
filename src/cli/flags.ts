/**
 * Reads the command line: what was given for which option, and everything about it that cannot be right.
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

/** What a command line says. */
export interface ParsedFlags {
  /** The text given for each option, by the option's name: `notebookId`; `"true"` for a flag without a value. */
  values: Record<string, string>;
  /** The words that are no flags, as many as the command takes. */
  operands: string[];
  /** Everything that is wrong, in the order of the command line. */
  issues: ConfigurationIssue[];
}

/** What a flag stands for. */
interface Meaning {
  name: string;
  entry: FlagEntry;
  /** The value of a flag that takes none; absent where it takes one. */
  implied?: string;
  /** What stands between the items where its value is a list: given again, it adds to it. */
  separator?: string;
  /** Whether its value must not be repeated, not even where it was mistaken for a flag. */
  secret: boolean;
}

/** What a command line is read for. */
export type FlagsOf = Pick<CommandEntry, "settings" | "flags" | "operand">;

/** A flag of a setting, or one of the command. */
type SomeFlag = FlagEntry & Partial<Pick<OptionEntry<unknown>, "secret" | "kind">>;

/** Every flag that a command takes, as it is written, with its dashes. */
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
 * Reads a command line to its end, whatever is wrong with it. Of a flag given twice the last one counts, unless it is a list:
 * then they count together.
 *
 * A word after an unknown flag is taken for that flag's value: it is neither reported on its own nor repeated, since it may be a secret.
 *
 * @param args the arguments after the command's name
 * @param command what it takes
 */
export function parseFlags(args: readonly string[], command: FlagsOf): ParsedFlags {
  const reader = new FlagReader(meaningsOf(command), command.operand);
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
  return reader.end();
}

/** Takes a command line word by word. */
class FlagReader {
  readonly #meanings: ReadonlyMap<string, Meaning>;
  readonly #operand: FlagsOf["operand"];
  readonly #values: Record<string, string> = {};
  readonly #operands: string[] = [];
  readonly #issues: ConfigurationIssue[] = [];
  /** The flag whose value may come next. */
  #waiting: Meaning | "unknown" | undefined;

  constructor(meanings: ReadonlyMap<string, Meaning>, operand: FlagsOf["operand"]) {
    this.#meanings = meanings;
    this.#operand = operand;
  }

  /** Takes a word that is no flag. */
  word(word: string): void {
    if (typeof this.#waiting === "object") this.#set(this.#waiting, word);
    else if (this.#waiting === undefined) this.#take(word);
    this.#waiting = undefined;
  }

  /** What the whole line says. */
  end(): ParsedFlags {
    this.settle();
    if (this.#operand !== undefined && this.#operands.length === 0) {
      this.#report(`missing ${this.#operand.placeholder}: ${this.#operand.help}`);
    }
    return { values: this.#values, operands: this.#operands, issues: this.#issues };
  }

  #take(word: string): void {
    if (this.#operand !== undefined && this.#operands.length === 0) return void this.#operands.push(word);
    const advice = this.#operand === undefined ? `: ${adviseOnWord(word)}` : "";
    this.#report(`unexpected argument ${JSON.stringify(word)}${advice}`);
  }

  /** Takes a flag, and its value where it was written behind `=`. */
  flag(written: string, value?: string): void {
    const meaning = this.#meanings.get(written);
    if (meaning === undefined) return this.#unknown(written, value);
    const { name, implied } = meaning;
    this.settle();
    if (implied === undefined && value === undefined) this.#waiting = meaning;
    else if (implied !== undefined && value !== undefined) this.#report(`${written} takes no value`, name);
    else this.#set(meaning, value ?? implied ?? "");
  }

  #set({ name, separator }: Meaning, value: string): void {
    const earlier = separator === undefined ? undefined : this.#values[name];
    this.#values[name] = earlier === undefined ? value : `${earlier}${separator}${value}`;
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

/** The known flag that a mistyped one resembles. */
function closestFlag(written: string, meanings: ReadonlyMap<string, Meaning>): string | undefined {
  const flags = [...meanings.keys()].filter((flag) => flag.startsWith("--")).map((flag) => flag.slice(2));
  const meant = closest(written.replace(/^-+/, "").split("=")[0], flags);
  return meant === undefined ? undefined : `--${meant}`;
}
