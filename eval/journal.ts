/**
 * Stores each answer as it arrives, so that an interrupted run can be continued.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import type { CommandHost } from "../src/cli/host/command_host.ts";
import { ConfigurationError } from "../src/errors.ts";
import type { Answer } from "./ask_cell.ts";
import { isScore } from "./score_run.ts";
import { readExistingFile, writeFile } from "./files.ts";

/** The values that a run depends on. A run with other values is another run. */
export type RunIdentity = Readonly<Record<string, string | number | boolean>>;

/** The version of the file's format. */
const JOURNAL_FORMAT = 2;

/** The first line of a journal. */
interface Head {
  journal: typeof JOURNAL_FORMAT;
  startedAt: string;
  identity: RunIdentity;
}

export interface JournalOptions {
  /** The path of the file of JSON lines. */
  path: string;
  /** The values that the run depends on. */
  identity: RunIdentity;
  /** Whether to discard an earlier run. */
  fresh: boolean;
  /** Whether to discard late answers too, so that they are asked for again. */
  retry: boolean;
  host: Pick<CommandHost, "readFile" | "writeFile" | "clock">;
}

export class Journal {
  /** The time when the run began, ISO 8601. */
  readonly startedAt: string;
  /**
   * The answers, by the cell's name. A cell whose model failed in an earlier run is not included, so that it is asked
   * for again.
   */
  readonly answers = new Map<string, Answer>();
  readonly #path: string;
  readonly #host: JournalOptions["host"];
  /** The first line of a file that does not exist yet. */
  #head: Head | undefined;

  /**
   * Opens the journal of a run. Nothing is written before {@linkcode begin}.
   *
   * @throws {ConfigurationError} the file holds another run, or something else
   */
  constructor({ path, identity, fresh, retry, host }: JournalOptions) {
    this.#path = path;
    this.#host = host;
    const [head, ...answers] = readLines(path, host);
    if (head !== undefined) requireJournal(path, head);
    if (head === undefined || fresh) {
      this.startedAt = host.clock.date().toISOString();
      this.#head = { journal: JOURNAL_FORMAT, startedAt: this.startedAt, identity };
      return;
    }
    requireSame(path, head.identity, identity);
    this.startedAt = head.startedAt;
    for (const answer of answers) this.answers.set(answer.name, answer);
    for (const [name, answer] of this.answers) {
      if (!isScore(answer) && (retry || answer.failureKind !== "late")) this.answers.delete(name);
    }
  }

  /**
   * Begins the file of a new run, in place of an earlier one. Call it before the first answer.
   *
   * @throws {ConfigurationError} the file cannot be written
   */
  begin(): void {
    if (this.#head !== undefined) writeFile(this.#path, `${JSON.stringify(this.#head)}\n`, this.#host);
    this.#head = undefined;
  }

  add(answer: Answer): void {
    this.answers.set(answer.name, answer);
    // Begins with a newline, because a killed process may have left a truncated line. Deno's `appendFileSync` would
    // make the file writable for everybody, regardless of the umask and its permissions.
    writeFileSync(this.#path, `\n${JSON.stringify(answer)}\n`, { flag: "a" });
  }
}

/** Reads the lines of a journal; none if there is no file. A truncated line is left out. */
function readLines(path: string, host: JournalOptions["host"]): [] | [Head, ...Answer[]] {
  const lines = (readExistingFile(path, host) ?? "").split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  return lines as [] | [Head, ...Answer[]];
}

/** Refuses to overwrite other files, even for `--fresh`. */
function requireJournal(path: string, head: Partial<Head>): void {
  if (head?.journal === JOURNAL_FORMAT && head.identity !== undefined) return;
  const message = `${path} already exists and does not hold the answers of a run (format ${JOURNAL_FORMAT}); ` +
    "give another --out FILE, or remove it";
  throw new ConfigurationError([{ message }]);
}

function requireSame(path: string, other: RunIdentity, identity: RunIdentity): void {
  const differences = [...new Set([...Object.keys(identity), ...Object.keys(other)])]
    .filter((name) => identity[name] !== other[name])
    .map((name) => `${name} ${describe(other[name])} instead of ${describe(identity[name])}`);
  if (differences.length === 0) return;
  const message = `${path} holds another run, with ${differences.join(", ")}: ` +
    "give --fresh to start again, or --out FILE to keep both";
  throw new ConfigurationError([{ message }]);
}

function describe(value: RunIdentity[string] | undefined): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
