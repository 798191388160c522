/**
 * A running `aipython` in tests, with its output so far.
 *
 * @module
 */

import { WrittenText } from "../support/written_text.ts";
import { type ProcessOptions, startCommand } from "./command_process.ts";

/** Time within which a command must exit, in milliseconds: 5 s are promised, and a busy machine needs more. */
const END_WITHIN_MS = 20_000;

/** A running `aipython` with debug logging. Leaving `await using` kills it. */
export class RunningCommand implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #written: WrittenText;

  /**
   * @param options the environment, permissions, Deno's flags, and the script (default: the command itself)
   * @param args further flags
   */
  constructor(
    options: Pick<ProcessOptions, "environment" | "script" | "denoFlags" | "permissions">,
    args: readonly string[] = [],
  ) {
    this.#process = startCommand(["--log-level", "debug", ...args], options);
    this.#written = new WrittenText(this.#process.stderr);
  }

  /** The process id. */
  get pid(): number {
    return this.#process.pid;
  }

  /** The output on stderr so far. */
  get text(): string {
    return this.#written.text;
  }

  /** Resolves when the command reports that it is attached. */
  get attached(): Promise<void> {
    return this.wrote("attached");
  }

  /** Resolves when stderr contains a text or matches a pattern. Rejects if the command exits before that. */
  async wrote(text: string | RegExp): Promise<void> {
    await this.#written.until(text);
  }

  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Resolves with the exit code and all of stderr when the command has exited. Rejects if it has not exited in time. */
  async end(): Promise<{ code: number; written: string }> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`aipython has not exited:\n${this.#written.text}`)),
      END_WITHIN_MS,
    );
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
      // The process has already exited.
    }
    await Promise.allSettled([this.#process.status, this.#written.ended, this.#process.stdout.cancel()]);
  }
}
