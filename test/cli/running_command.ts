/**
 * A running `aipython` in tests, and what it has written so far.
 *
 * @module
 */

import { WrittenText } from "../support/written_text.ts";
import { type ProcessOptions, startCommand } from "./command_process.ts";

/** How long a command may take to end, in milliseconds: the 5 s that it promises, and what a busy machine needs besides. */
const END_WITHIN_MS = 20_000;

/** A running `aipython` that logs all it does; `await using` ends it. */
export class RunningCommand implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #written: WrittenText;

  /**
   * @param options its environment, permissions, Deno's flags, and the script if it is not the command itself
   * @param args further flags
   */
  constructor(
    options: Pick<ProcessOptions, "environment" | "script" | "denoFlags" | "permissions">,
    args: readonly string[] = [],
  ) {
    this.#process = startCommand(["--log-level", "debug", ...args], options);
    this.#written = new WrittenText(this.#process.stderr);
  }

  /** Its process's id. */
  get pid(): number {
    return this.#process.pid;
  }

  /** All that it has written so far. */
  get text(): string {
    return this.#written.text;
  }

  /** Resolves when it says that it is attached. */
  get attached(): Promise<void> {
    return this.wrote("attached");
  }

  /** Resolves when it has written a text or pattern; rejects when it ends without that. */
  async wrote(text: string | RegExp): Promise<void> {
    await this.#written.until(text);
  }

  /** Sends a signal. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Resolves when it has ended, with its exit code and all that it wrote; rejects when it does not. */
  async end(): Promise<{ code: number; written: string }> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`aipython goes on:\n${this.#written.text}`)), END_WITHIN_MS);
    try {
      const gone = Promise.all([this.#process.status, this.#written.ended, this.#process.stdout.cancel()]);
      const [{ code }] = await Promise.race([gone, late.promise]);
      return { code, written: this.#written.text };
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await Promise.allSettled([this.#process.status, this.#written.ended, this.#process.stdout.cancel()]);
  }
}
