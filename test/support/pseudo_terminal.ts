/**
 * A command in a real pseudo-terminal that a test controls with keys.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { ControlFilter } from "../../src/terminal/control_filter.ts";

/** Keys as terminals send them. */
export const keys = {
  enter: "\r",
  tab: "\t",
  escape: "\x1b",
  backspace: "\x7f",
  ctrl: (letter: string): string => String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 0x1f),
  alt: (letter: string): string => `\x1b${letter}`,
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  home: "\x1b[H",
  end: "\x1b[F",
  delete: "\x1b[3~",
  /**
   * Returns the input that a terminal in bracketed-paste mode sends for a text from the clipboard. Newlines are sent as
   * the key Enter.
   */
  paste: (text: string): string => `\x1b[200~${text.replaceAll("\n", "\r")}\x1b[201~`,
} as const;

/** The numbers of signals, which are the same on every Unix. */
const signals = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } as const;

/** Options of a pseudo-terminal. */
export interface PseudoTerminalOptions {
  /** The whole environment of the command. It needs `PATH`, in which `python3` is found. */
  env: Record<string, string>;
  /** The working directory. */
  cwd?: string;
  /** The window's height in rows. Default: 24. */
  rows?: number;
  /** The window's width in columns. Default: 80. */
  columns?: number;
}

/**
 * The time limit for expected output, which suffices on a busy machine, even if the offline model's snapshot is
 * created.
 */
const DEADLINE_MS = 60_000;

const script = fileURLToPath(new URL("./pseudo_terminal.py", import.meta.url));

/**
 * Starts a command in a pseudo-terminal.
 *
 * @param command the program and its arguments
 * @throws {Error} there is no `python3`, whose module `pty` creates the terminal
 * @example
 * ```ts
 * await using terminal = openPseudoTerminal(["python3"], { env: { PATH: Deno.env.get("PATH")! } });
 * await terminal.until(">>> ");
 * await terminal.type("2 + 3" + keys.enter);
 * await terminal.until(/^5\r?$/m);
 * await terminal.type(keys.ctrl("d"));
 * assert.equal(await terminal.exitCode(), 0);
 * ```
 */
export function openPseudoTerminal(command: readonly string[], options: PseudoTerminalOptions): PseudoTerminal {
  const { env, cwd, rows = 24, columns = 80 } = options;
  try {
    const process = new Deno.Command("python3", {
      args: [script, String(rows), String(columns), ...command],
      env: { TERM: "xterm-256color", ...env },
      clearEnv: true,
      cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    return new PseudoTerminal(process);
  } catch (cause) {
    throw new Error("Tests in a terminal need python3, whose module pty makes it: apt-get install python3", { cause });
  }
}

/** A pseudo-terminal with a running command; `await using` ends both. */
export class PseudoTerminal implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #keyboard: WritableStreamDefaultWriter<Uint8Array>;
  readonly #following: Promise<void>;
  readonly #filter = new ControlFilter(false);
  #raw = "";
  #text = "";
  /** The length of the text that has been matched already. */
  #seen = 0;
  #isOpen = true;
  #changed = Promise.withResolvers<void>();

  /** @param process the process of the script beside this file */
  constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#keyboard = process.stdin.getWriter();
    this.#following = this.#follow();
  }

  /** Everything that the command has written so far, control sequences included. */
  get raw(): string {
    return this.#raw;
  }

  /** The text so far without control sequences. Lines end in `\r\n`. Overwritten text is included. */
  get text(): string {
    return this.#text;
  }

  /** Types text and {@linkcode keys}. */
  type(text: string): Promise<void> {
    return this.#request({ write: text });
  }

  /** Changes the size of the window. The command receives SIGWINCH. */
  resize(rows: number, columns: number): Promise<void> {
    return this.#request({ resize: [rows, columns] });
  }

  /** Closes the window. The command receives SIGHUP and can no longer read or write. */
  close(): Promise<void> {
    return this.#request({ close: true });
  }

  /** Sends a signal to the command only. */
  signal(name: keyof typeof signals): Promise<void> {
    return this.#request({ signal: signals[name] });
  }

  /**
   * Waits until the command has written a text after the previous match.
   *
   * @param pattern a text or a regular expression, looked for in {@linkcode PseudoTerminal.text}
   * @returns the text from the previous match to the end of this one
   * @throws {Error} the command ended or a minute passed without it; the message has the written text
   */
  async until(pattern: string | RegExp): Promise<string> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(this.#missed(pattern, "It was waited for in vain")), DEADLINE_MS);
    try {
      for (;;) {
        const found = endOf(pattern, this.#text.slice(this.#seen));
        if (found !== undefined) {
          const passed = this.#text.slice(this.#seen, this.#seen + found);
          this.#seen += found;
          return passed;
        }
        if (!this.#isOpen) throw this.#missed(pattern, "The command ended without it");
        await Promise.race([this.#changed.promise, late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for the end of the command. Returns its exit code, or 128 and the number of the signal that ended it. */
  async exitCode(): Promise<number> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(this.#missed("its end", "It was waited for in vain")), DEADLINE_MS);
    try {
      const [{ code }] = await Promise.race([Promise.all([this.#process.status, this.#following]), late.promise]);
      return code;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Kills the command if it still runs, and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keyboard.close().catch(() => {});
    await this.#following;
    await this.#process.status;
  }

  async #follow(): Promise<void> {
    const pieces = this.#process.stdout.pipeThrough(new TextDecoderStream());
    for await (const piece of pieces) {
      this.#raw += piece;
      this.#text += this.#filter.filter(piece);
      this.#notify();
    }
    this.#isOpen = false;
    this.#notify();
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #request(request: { [name: string]: unknown }): Promise<void> {
    await this.#keyboard.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
  }

  #missed(pattern: string | RegExp, problem: string): Error {
    const seen = `${this.#text.slice(0, this.#seen)}<waited from here on>${this.#text.slice(this.#seen)}`;
    return new Error(`${problem}: ${pattern}\n${seen.replaceAll("\r\n", "\n")}`);
  }
}

/** Returns the end of the first match. */
function endOf(pattern: string | RegExp, text: string): number | undefined {
  if (typeof pattern === "string") {
    const at = text.indexOf(pattern);
    return at === -1 ? undefined : at + pattern.length;
  }
  const match = pattern.exec(text);
  return match === null ? undefined : match.index + match[0].length;
}
