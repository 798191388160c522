/**
 * The flags of `deno task eval`, and their reader.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { ParsedFlags } from "../../src/cli/flags.ts";
import { type ShellSettingName, shellSettings } from "../../src/cli/shell/shell_settings.ts";
import { formatDollars } from "../../src/execution/price.ts";
import type { ConfigurationIssue } from "../../src/errors.ts";
import { closest } from "../../src/options/closest.ts";
import type { FlagEntry } from "../../src/options/option_entry.ts";
import { count, type OptionKind, seconds } from "../../src/options/option_kind.ts";
import { commandFlags, optionTable } from "../../src/options/option_table.ts";
import { MOST_DOLLARS, MOST_TOKENS } from "../cost/require_consent.ts";
import { count as formatCount } from "../report/figures.ts";

/** The evaluation's own flags, in the order of help. */
export const evalFlags = {
  offline: { flag: "offline", help: "Ask the offline model: Python itself, without packages or a shell." },
  all: { flag: "all", help: "With --offline: also the cells that need packages or a shell." },
  sample: { flag: "sample", placeholder: "N", help: "Ask for N cells, chosen at random." },
  repeat: {
    flag: "repeat",
    placeholder: "N",
    help: "Ask for each cell N times, and show the mean with a 95 % interval. Default: 1.",
  },
  seed: { flag: "seed", placeholder: "N", help: "The seed that chooses the sample. Default: 1." },
  concurrency: {
    flag: "concurrency",
    placeholder: "N",
    help: "Number of cells asked for at the same time. Default: 4; 1 with --offline.",
  },
  cellTimeout: {
    flag: "cell-timeout",
    placeholder: "SECONDS",
    help: "Maximum time for a cell. Default: 120.",
  },
  out: {
    flag: "out",
    placeholder: "FILE",
    help:
      "Write the JSON to this file. Default: eval/results/SET-MODEL.json; with --prompt, .a.json and .b.json; with several models, .MODEL.json.",
  },
  html: { flag: "html", placeholder: "FILE", help: "Also write a report to read in a browser." },
  fresh: { flag: "fresh", help: "Start again: discard the answers of an earlier run." },
  retry: {
    flag: "retry",
    help: "Ask again also for the cells that timed out, not only for those whose model failed.",
  },
  minExact: { flag: "min-exact", placeholder: "PERCENT", help: "Exit with 1 if fewer of the cells are exact." },
  prompt: {
    flag: "prompt",
    placeholder: "FILE",
    help: "Compare this system prompt with the built-in one; given twice, compare the two files.",
  },
  showPrompt: { flag: "show-prompt", help: "Print the built-in system prompt, as a start for a FILE." },
  yes: {
    flag: "yes",
    help: `Spend more than ${formatDollars(MOST_DOLLARS)}, or ${
      formatCount(MOST_TOKENS)
    } tokens without a price, without being asked.`,
  },
  compare: { flag: "compare", help: "Send no requests: compare files that --out has written." },
} as const satisfies Record<string, FlagEntry>;

/** The settings that the evaluation takes. */
export const evalSettings: readonly ShellSettingName[] = shellSettings;

/** The accepted flags and settings, by name. */
const entries: Readonly<Record<string, FlagEntry>> = {
  ...evalFlags,
  ...Object.fromEntries(evalSettings.map((name) => [name, optionTable[name]])),
  envFile: commandFlags.envFile,
  help: commandFlags.help,
};

/** A parsed command line. */
export interface EvalWords extends ParsedFlags {
  promptFiles: string[];
  models: string[];
  /** The prices of the models, in the same order. */
  prices: string[];
}

/** The flags that may be given several times. */
const repeatable: readonly string[] = [evalFlags.prompt.flag, optionTable.model.flag, optionTable.price.flag];

/** Reads a command line up to the first flag that is wrong. */
export function readWords(args: readonly string[]): EvalWords {
  const options = Object.fromEntries(
    Object.values(entries).map(({ flag, short, placeholder }) => [
      flag,
      {
        type: placeholder === undefined ? "boolean" : "string",
        multiple: repeatable.includes(flag),
        ...(short && { short }),
      } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
      allowNegative: true,
    });
    const all = (flag: string) => [values[flag] ?? []].flat().map(String);
    const given = Object.entries(entries).flatMap(([name, { flag }]) =>
      values[flag] === undefined ? [] : [[name, all(flag)[0]]]
    );
    const [promptFiles, models, prices] = repeatable.map(all);
    return { values: Object.fromEntries(given), operands: positionals, issues: [], promptFiles, models, prices };
  } catch (error) {
    const none = { values: {}, operands: [], promptFiles: [], models: [], prices: [] };
    return { ...none, issues: [{ message: explain(error as Error) }] };
  }
}

/** Rewrites the message of `parseArgs` as one sentence, and names the flag that was probably meant. */
function explain({ message }: Error): string {
  const unknown = /^Unknown option '(-[^' ]*)'/.exec(message)?.[1];
  if (unknown === undefined) return message.split("\n")[0];
  const meant = closest(unknown.replace(/^-+/, ""), Object.values(entries).map(({ flag }) => flag));
  return `unknown flag ${unknown}${meant === undefined ? "" : `: did you mean --${meant}?`}`;
}

/** The values of the numeric flags; `undefined` for flags that were not given. */
export interface EvalNumbers {
  sample?: number;
  seed: number;
  repeat: number;
  concurrency?: number;
  /** Seconds. */
  cellTimeout: number;
  /** Percent. */
  minExact?: number;
}

const positive: OptionKind<number> = {
  expected: "a whole number, 1 or more",
  read: (value) => count.read(value) || undefined,
};

const percent: OptionKind<number> = {
  expected: "a number from 0 to 100",
  read(value) {
    const text = String(value).trim();
    return /^\d+(\.\d+)?$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
  },
};

/** How long a cell may take, in seconds: twice the time that a slow reasoning model needs for a hard one. */
const DEFAULT_CELL_TIMEOUT = 120;

/** Reads the numbers; adds the wrong ones to the issues. */
export function readNumbers(flags: Readonly<Record<string, string>>, issues: ConfigurationIssue[]): EvalNumbers {
  const read = <T>(name: keyof typeof evalFlags, kind: OptionKind<T>): T | undefined => {
    if (flags[name] === undefined) return undefined;
    const value = kind.read(flags[name]);
    if (value === undefined) {
      const { flag } = evalFlags[name];
      issues.push({ message: `wrong --${flag} ${JSON.stringify(flags[name])}: expected ${kind.expected}` });
    }
    return value;
  };
  return {
    sample: read("sample", positive),
    seed: read("seed", count) ?? 1,
    repeat: read("repeat", positive) ?? 1,
    concurrency: read("concurrency", positive),
    cellTimeout: read("cellTimeout", seconds) ?? DEFAULT_CELL_TIMEOUT,
    minExact: read("minExact", percent),
  };
}
