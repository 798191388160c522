/**
 * The text of `deno task eval --help`.
 *
 * @module
 */

import { flagForm, helpColumns } from "../../src/cli/help_columns.ts";
import { formatDollars } from "../../src/execution/price.ts";
import { describeFlag } from "../../src/options/issue_wording.ts";
import type { FlagEntry } from "../../src/options/option_entry.ts";
import { commandFlags, optionTable } from "../../src/options/option_table.ts";
import { MOST_DOLLARS } from "../cost/require_consent.ts";
import { evalFlags, evalSettings } from "./eval_flags.ts";

const RIGHT_COLUMN = 30;

/** Formats the help text, at most 80 columns wide. */
export function formatEvalHelp(): string {
  return `Usage: deno task eval [SET] [options]
       deno task eval [SET] --model NAME --model NAME ... [options]
       deno task eval [SET] --prompt FILE [--prompt FILE] [options]
       deno task eval --compare A.json B.json ... [--html FILE]

Asks a model for a set of cells, each after the cells before it, and compares
what it shows with what a real ipykernel showed. A run that was interrupted
(Ctrl-C) continues when the same command is run again. One whose model fails
three times in a row (no quota, an unknown model, a refused key) stops, and
continues in the same way. The estimated cost is shown before it begins, and
needs consent above ${formatDollars(MOST_DOLLARS)}.

SET is one of:
  golden          cells of many kinds (the default)
  long-pasts      cells that use definitions from 50 and 200 cells before
  FILE.ipynb      your own notebook, after it has run: its recorded outputs are
                  compared with the model's
  FILE.jsonl      a file in CRUXEval's format: a JSON object per line with code,
                  input, output and id

With --model given several times, each model is asked, and one table shows
them all; --price is then given for each, in the same order. --compare shows
runs on different servers in one table.

With --prompt each cell is asked for with two system prompts, one after the
other, and a paired exact test shows whether they differ by more than chance.
eval/README.md describes prompt files.

Options:
${Object.values(evalFlags).map(lines).join("")}
The model, with the variables and defaults as in aipython --help:
${evalSettings.map((name) => columns(describeFlag(name), optionTable[name].help)).join("")}${
    [commandFlags.envFile, commandFlags.help].map(lines).join("")
  }
Exit codes:
  0    done, whatever the score
  1    failed: for example, the model failed three times in a row, or fewer
       cells are exact than --min-exact requires
  2    wrong usage or configuration
  3    the model server refused the API key
  130  interrupted (SIGINT, Ctrl-C)
  143  terminated (SIGTERM)

Examples:
  deno task eval --offline
  deno task eval --model gpt-4o-mini --sample 40 --html report.html
  deno task eval --show-prompt > mine.txt
  deno task eval --model gpt-4o-mini --prompt mine.txt --html both.html
  deno task eval mine.ipynb --model gpt-4o-mini --model gpt-4.1-mini --repeat 3
  deno task eval cruxeval.jsonl --base-url http://127.0.0.1:11434/v1 \\
    --model qwen3
`;
}

function lines(entry: FlagEntry): string {
  return columns(flagForm(entry), entry.help);
}

function columns(form: string, help: string): string {
  return helpColumns([form], [help], RIGHT_COLUMN).map((line) => `${line}\n`).join("");
}
