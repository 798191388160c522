/**
 * Prints statistics about the requests of long sessions: the share that a provider's prompt cache can reuse, the
 * number of tokens, and whether they contain every name that their cell uses.
 *
 * @module
 */

import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { optionTable } from "../../src/options/option_table.ts";
import { loadTokenizer } from "../../stack/offline_model/tokenizer.ts";
import { longSession, type SessionCell } from "./long_session.ts";
import { notebookRequests } from "./notebook_requests.ts";
import { notebookSession } from "./notebook_session.ts";
import { overallShare, type PrefixShare, repeatedShare, sharesOf, sharesOfRequests } from "./prefix_share.ts";
import { session } from "./session.ts";
import { sessionWithFiles } from "./session_files.ts";
import { buildRequests } from "./session_requests.ts";
import { knownNames, knownShare } from "./known_names.ts";

const STEP = 10;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const columns = (...texts: (string | number)[]) => texts.map((text) => String(text).padStart(12)).join("") + "\n";

function setting(name: "maxHistoryLength"): number {
  const { fallback } = optionTable[name];
  if (fallback.kind !== "value") throw new Error(`the option ${name} has no default`);
  return fallback.value;
}

const maxHistoryLength = setting("maxHistoryLength");
const countTokens = await loadTokenizer();

function report(title: string, cells: readonly SessionCell[]): void {
  const startedAt = performance.now();
  const requests = buildRequests(cells, { maxHistoryLength, includeOutputs: true });
  const ms = (performance.now() - startedAt) / cells.length;
  const shares = sharesOfRequests(requests);
  const tokens = requests.map(({ text }) => countTokens(text));
  const names = knownNames(cells, requests);

  write(`${title}\n\n${columns("cell", "characters", "tokens", "shared")}`);
  for (const [index, { executionCount, characters, shared }] of shares.entries()) {
    if (executionCount % STEP === 0) {
      write(columns(executionCount, characters, tokens[index], percent(shared / characters)));
    }
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const least = Math.min(...shares.slice(1).map(({ shared, characters }) => shared / characters));
  write(`\n${sum(shares.map(({ characters }) => characters))} characters sent, ${sum(tokens)} tokens; `);
  write(`the longest request has ${Math.max(...tokens)}\n`);
  write(`shared with the request before: ${percent(overallShare(shares))} of all after the first; `);
  write(`the least of one request ${percent(least)}\n`);
  if (names.used > 0) {
    const [first] = names.lost;
    write(`names that a cell uses: ${percent(knownShare(names))} of ${names.used} are in its request`);
    write(first === undefined ? "\n" : `; the first that is not is ${first.name} of In [${first.executionCount}]\n`);
  }
  write(`${ms.toFixed(2)} ms to build a conversation\n\n`);
}

/** Prints the shares of a notebook with AI cells. AI cells and cells of code have separate prompt caches. */
function reportNotebook(codeCells: number): void {
  const requests = notebookRequests(notebookSession(codeCells), { maxHistoryLength, includeOutputs: true });
  const code = sharesOf(requests.code);
  const questions = sharesOf(requests.questions);
  const line = (what: string, shares: readonly Pick<PrefixShare, "characters" | "shared">[]) =>
    `${what}: ${percent(overallShare(shares))} shared with the one before, ${percent(repeatedShare(shares))} of what ` +
    "could be\n";
  write(`${codeCells} cells of code that read files, and ${questions.length} AI cells between them\n\n`);
  write(line("requests of cells of code", code));
  write(line("requests of AI cells", questions));
  write(`all requests: ${percent(overallShare([...code, ...questions.slice(1)]))}\n\n`);
}

const withoutUses = (cells: readonly HistoryEntry[]): SessionCell[] => cells.map((cell) => ({ ...cell, uses: [] }));

report("100 cells of many kinds", withoutUses(session(100)));
report("100 cells, every fifth of which reads an uploaded file", withoutUses(sessionWithFiles(100)));
for (const codeCells of [60, 200]) reportNotebook(codeCells);
report("300 cells, some of pasted data, some that run again", longSession(300));
