/**
 * A process that runs Python: starts it, sends it cells, interrupts and ends it.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import { AIPythonError } from "../../src/errors.ts";
import { childCommand } from "./child_command.ts";
import { type FindPackages, ImportAnswers } from "./import_answers.ts";
import { lineBatches } from "./lines.ts";
import {
  type BootOptions,
  type FromPython,
  type PythonCell,
  type PythonEvent,
  readMessage,
  type ToPython,
} from "./protocol.ts";

/** The process ended while it was needed. */
export class PythonDiedError extends AIPythonError {
  readonly name = "PythonDiedError";
  /** Whether a cell had begun to run. */
  readonly cellBegun: boolean;

  constructor(message: string, cellBegun: boolean) {
    super(message);
    this.cellBegun = cellBegun;
  }
}

/** Characters at the end of the child's stderr that are kept for the message of a {@linkcode PythonDiedError}. */
const STDERR_TAIL = 2000;

/**
 * A running Python process. It runs one cell at a time: read {@linkcode PythonProcess.run} to its end before the next
 * call.
 */
export class PythonProcess {
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #messages: AsyncGenerator<FromPython[], void, void>;
  readonly #stderr: Promise<string>;
  readonly #imports: ImportAnswers;
  #distribution = "";
  /** The number of the last request for input. */
  #question = 0;
  #interrupted = new AbortController();
  #gone = false;
  #isFull = false;
  #isGarbled = false;

  private constructor(child: Deno.ChildProcess, findPackages: FindPackages) {
    this.#child = child;
    this.#imports = new ImportAnswers((message) => this.#send(message), findPackages);
    this.#stdin = child.stdin.getWriter();
    this.#messages = parseBatches(child.stdout);
    this.#stderr = readTail(child.stderr);
    this.exited = child.status.then(async () => {
      this.#gone = true;
      this.#interrupted.abort();
      await this.#stdin.close().catch(() => {});
    });
  }

  /**
   * Starts a process and returns at once. Await {@linkcode PythonProcess.ready} for the end of the boot.
   *
   * @param findPackages called when a cell imports a missing module
   */
  static start(options: BootOptions, findPackages: FindPackages): PythonProcess {
    return new PythonProcess(childCommand("main.ts", options).spawn(), findPackages);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Whether the process has ended. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Whether a cell has requested more memory than the limit. Only the end of the process frees its memory. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /**
   * Waits until Python has booted. Call it once, before the first cell.
   *
   * @throws {PythonDiedError} when Python cannot boot
   */
  async ready(): Promise<void> {
    const ready = (await this.#next())?.find((message) => message.type === "ready");
    if (ready === undefined) throw await this.#death("Python could not be started", false);
    this.#distribution = ready.distribution;
  }

  /**
   * Runs a cell and yields its outputs, in the batches in which they arrive.
   *
   * @param onLoading called when the cell waits for packages, with a promise of whether it receives any that the
   * process does not have yet
   * @throws {PythonDiedError} when the process ends before the cell does
   */
  async *run(
    cell: PythonCell,
    onLoading: (loading: Promise<boolean>) => void,
  ): AsyncGenerator<PythonEvent[], void, void> {
    this.#interrupted = new AbortController();
    this.#send({ type: "run", cell });
    let begun = false;
    for (;;) {
      const messages = await this.#next();
      if (messages === undefined) {
        throw await this.#death("Python ended while it ran the cell", begun || this.#isGarbled);
      }
      begun ||= messages.some((message) => message.type === "begun");
      const events = messages.flatMap((message) => this.#eventsIn(message));
      if (events.length > 0) yield events;
      const wanted = messages.find((message) => message.type === "import");
      if (wanted !== undefined) onLoading(this.#imports.answer(wanted, this.#distribution, this.#interrupted.signal));
      const end = messages.find((message) => message.type === "done");
      this.#isFull ||= end?.full === true;
      if (end !== undefined) return;
    }
  }

  /** Answers the running cell's request for input. */
  answer(answer: InputAnswer): void {
    this.#send({ type: "typed", question: this.#question, answer });
  }

  /** Raises a KeyboardInterrupt in the running cell. */
  interrupt(): void {
    this.#send({ type: "interrupt" });
    this.#interrupted.abort();
  }

  /** Ends the process at once with SIGKILL. */
  kill(): void {
    if (!this.#gone) this.#child.kill("SIGKILL");
  }

  /** Kills the process and waits until it and its streams have ended. */
  async close(): Promise<void> {
    this.kill();
    await this.exited;
    await this.#messages.return();
    await this.#stderr;
  }

  /**
   * Returns the next messages; `undefined` when the process has ended. A process that sends an invalid message,
   * because of a cell, is killed.
   */
  async #next(): Promise<FromPython[] | undefined> {
    try {
      const { done, value } = await this.#messages.next();
      return done ? undefined : value;
    } catch {
      this.#isGarbled = true;
      this.kill();
      return undefined;
    }
  }

  /** Returns the outputs of the cell in a message. */
  #eventsIn(message: FromPython): PythonEvent[] {
    if (message.type === "stream" || message.type === "call") return [message];
    if (message.type !== "input") return [];
    const { question, prompt, isPassword } = message;
    this.#question = question;
    return [{ type: "call", name: "input", arguments: { prompt, ...(isPassword && { password: true }) } }];
  }

  #send(message: ToPython): void {
    // Writing to a process that has ended fails. The end of its messages reports that.
    this.#stdin.write(new TextEncoder().encode(JSON.stringify(message) + "\n")).catch(() => {});
  }

  async #death(what: string, cellBegun: boolean): Promise<PythonDiedError> {
    const { code, signal } = await this.#child.status;
    const reason = signal === null ? `it exited with code ${code}` : `it received ${signal}`;
    const words = (await this.#stderr).trim();
    return new PythonDiedError(`${what}: ${reason}.${words === "" ? "" : ` It said: ${words}`}`, cellBegun);
  }
}

async function* parseBatches(stdout: ReadableStream<Uint8Array>): AsyncGenerator<FromPython[], void, void> {
  for await (const lines of lineBatches(stdout)) yield lines.map(readMessage);
}

async function readTail(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let tail = "";
  for await (const bytes of stderr) tail = (tail + decoder.decode(bytes, { stream: true })).slice(-STDERR_TAIL);
  return tail;
}
