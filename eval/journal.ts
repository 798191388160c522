/**
 * Keeps each answer as it comes, so that a run that was interrupted goes on where it stopped.
 *
 * @module
 */

import { appendFileSync } from "node:fs";
import type { CommandHost } from "../src/cli/host/command_host.ts";
import { ConfigurationError } from "../src/errors.ts";
import type { Answer } from "./ask_cell.ts";
import { writeFile } from "./cli/files.ts";

/** What a run is about: a run with other values is another run. */
export type RunIdentity = Readonly<Record<string, string | number | boolean>>;

/** The version of the file's form. */
const JOURNAL_FORMAT = 1;

/** The first line of a journal. */
interface Head {
  journal: typeof JOURNAL_FORMAT;
  startedAt: string;
  identity: RunIdentity;
}

/** How a journal is opened. */
export interface JournalOptions {
  /** The file, of JSON lines. */
  path: string;
  /** What the run is about. */
  identity: RunIdentity;
  /** Whether to forget what is there. */
  fresh: boolean;
  /** Whether to forget the answers that failed, so that they are asked for again. */
  retry: boolean;
  /** Reads and writes files, and tells the time. */
  host: Pick<CommandHost, "readTextFile" | "writeFile" | "now">;
}

/** The answers of a run. */
export class Journal {
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
  /** What has been answered, by the cell's name. */
  readonly answers = new Map<string, Answer>();
  readonly #path: string;

  /**
   * Opens the journal of a run, or begins one.
   *
   * @throws {ConfigurationError} the file holds another run, or something else
   */
  constructor({ path, identity, fresh, retry, host }: JournalOptions) {
    this.#path = path;
    const [head, ...answers] = readLines(path, host);
    if (head !== undefined) requireJournal(path, head);
    if (head === undefined || fresh) {
      this.startedAt = host.now().toISOString();
      const begun: Head = { journal: JOURNAL_FORMAT, startedAt: this.startedAt, identity };
      writeFile(path, `${JSON.stringify(begun)}\n`, host);
      return;
    }
    requireSame(path, head.identity, identity);
    this.startedAt = head.startedAt;
    for (const answer of answers) this.answers.set(answer.name, answer);
    if (!retry) return;
    for (const [name, { failure }] of this.answers) if (failure !== undefined) this.answers.delete(name);
  }

  /** Keeps an answer. */
  add(answer: Answer): void {
    this.answers.set(answer.name, answer);
    // A line of its own even where the last one was cut off when a process was killed.
    appendFileSync(this.#path, `\n${JSON.stringify(answer)}\n`);
  }
}

/** The lines of a journal; none where there is no file. A line that was cut off is left out. */
function readLines(path: string, { readTextFile }: JournalOptions["host"]): [] | [Head, ...Answer[]] {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw new ConfigurationError([{ message: `cannot read ${path}: ${error}` }]);
  }
  const lines = text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  return lines as [] | [Head, ...Answer[]];
}

/** Other files are not written over, not even for `--fresh`. */
function requireJournal(path: string, head: Partial<Head>): void {
  if (head?.journal === JOURNAL_FORMAT && head.identity !== undefined) return;
  const message = `${path} is in the way: it does not hold the answers of a run (format ${JOURNAL_FORMAT}); ` +
    "give another --out FILE, or remove it";
  throw new ConfigurationError([{ message }]);
}

function requireSame(path: string, other: RunIdentity, identity: RunIdentity): void {
  const differences = [...new Set([...Object.keys(identity), ...Object.keys(other)])]
    .filter((name) => identity[name] !== other[name])
    .map((name) => `${name} ${tell(other[name])} instead of ${tell(identity[name])}`);
  if (differences.length === 0) return;
  const message = `${path} holds another run, with ${differences.join(", ")}: ` +
    "give --fresh to begin anew, or --out FILE to keep both";
  throw new ConfigurationError([{ message }]);
}

function tell(value: RunIdentity[string] | undefined): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
