/**
 * One life of the process that runs Python: started, fed with cells, interrupted, killed.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import { AIPythonError } from "../../src/errors.ts";
import { lineBatches } from "./lines.ts";
import type { FoundPackages, PackagesRequest } from "./packages/packages.ts";
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

/** Characters of the child's stderr that are kept for the message of a {@linkcode PythonDiedError}: its last words. */
const STDERR_TAIL = 2000;

/**
 * Kilobytes of stack that V8 may use, of the 4 MB that Deno gives a worker. CPython counts its own frames only: calls that
 * go from C to Python and back (`__repr__`, `lru_cache`) fill V8's default of 1 MB long before Python would raise its
 * RecursionError, and that ends the process.
 */
const V8_STACK_KB = 3_600;

/** The flags of every child: it loads local files only, never asks for more than it was given, and makes no code from text. */
export const CHILD_FLAGS = [
  "run",
  "--quiet",
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
  `--v8-flags=--stack-size=${V8_STACK_KB},--disallow-code-generation-from-strings`,
];

/** What Deno needs to find its cache. A child gets nothing else of our environment, where keys are. */
const DENO_ENVIRONMENT = ["HOME", "DENO_DIR", "XDG_CACHE_HOME"];

function childEnvironment(): Record<string, string> {
  const inherited = DENO_ENVIRONMENT.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(inherited), NO_COLOR: "1" };
}

/**
 * Prepares a child that runs one of the programs in `child/`.
 *
 * @param program the program's file name
 * @param options how Python boots
 * @param permissions further Deno permissions; what it must read, it may read
 */
export function childCommand(program: string, options: BootOptions, permissions: string[] = []): Deno.Command {
  const folder = decodeURIComponent(new URL(".", import.meta.url).pathname);
  const pyodide = decodeURIComponent(new URL(options.pyodideUrl).pathname);
  const readable = [folder, pyodide, options.pythonDir, ...(options.snapshot ? [options.snapshot] : [])];
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...CHILD_FLAGS,
      `--allow-read=${readable.join(",")}`,
      ...permissions,
      `${folder}child/${program}`,
      JSON.stringify(options),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    clearEnv: true,
    env: childEnvironment(),
  });
}

/** Finds the wheels of a module that is not there. */
export type FindPackages = (request: PackagesRequest, signal: AbortSignal) => Promise<FoundPackages>;

/** A running Python. One cell at a time: whoever calls {@linkcode PythonProcess.run} reads it to its end. */
export class PythonProcess {
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #messages: AsyncGenerator<FromPython[], void, void>;
  readonly #stderr: Promise<string>;
  readonly #findPackages: FindPackages;
  readonly #sent = new Set<string>();
  #distribution = "";
  /** The number of the last request for input. */
  #question = 0;
  #interrupted = new AbortController();
  #gone = false;
  #isFull = false;
  #isGarbled = false;

  private constructor(child: Deno.ChildProcess, findPackages: FindPackages) {
    this.#child = child;
    this.#findPackages = findPackages;
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
   * Starts a process, which boots while the caller goes on to await {@linkcode PythonProcess.ready}.
   *
   * @param options how it boots
   * @param findPackages asked when a cell imports what is not there
   */
  static start(options: BootOptions, findPackages: FindPackages): PythonProcess {
    return new PythonProcess(childCommand("main.ts", options).spawn(), findPackages);
  }

  /** The process's id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Whether the process is gone. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Whether a cell has asked for more memory than there is; what it took is given back by the process's end alone. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /**
   * Waits until Python has booted. Called once, before the first cell.
   *
   * @throws {PythonDiedError} when it cannot
   */
  async ready(): Promise<void> {
    const ready = (await this.#next())?.find((message) => message.type === "ready");
    if (ready === undefined) throw await this.#death("Python could not be started", false);
    this.#distribution = ready.distribution;
  }

  /**
   * Runs a cell and yields what it puts out, in the batches in which it arrives.
   *
   * @param onLoading told when the cell waits for packages: a promise of whether it gets any that are new to it
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
      if (wanted !== undefined) onLoading(this.#load(wanted, this.#interrupted.signal));
      const end = messages.find((message) => message.type === "done");
      this.#isFull ||= end?.full === true;
      if (end !== undefined) return;
    }
  }

  /** Answers the request for input of the cell that runs. */
  answer(answer: InputAnswer): void {
    this.#send({ type: "typed", question: this.#question, answer });
  }

  /** Raises a KeyboardInterrupt in the cell that runs. */
  interrupt(): void {
    this.#send({ type: "interrupt" });
    this.#interrupted.abort();
  }

  /** Ends the process at once, whatever it does. */
  kill(): void {
    if (!this.#gone) this.#child.kill("SIGKILL");
  }

  /** Kills the process and waits until nothing is left of it. */
  async close(): Promise<void> {
    this.kill();
    await this.exited;
    await this.#messages.return();
    await this.#stderr;
  }

  /** The next messages; nothing when the process is gone, or must go because a cell has made it say what is no message. */
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

  /** What of a message is put out by the cell. */
  #eventsIn(message: FromPython): PythonEvent[] {
    if (message.type === "stream" || message.type === "call") return [message];
    if (message.type !== "input") return [];
    const { question, prompt, isPassword } = message;
    this.#question = question;
    return [{ type: "call", name: "input", arguments: { prompt, ...(isPassword && { password: true }) } }];
  }

  /** Answers a question for a module; returns whether there were wheels that the process had not been sent. */
  async #load({ question, module, loaded }: ImportQuestion, signal: AbortSignal): Promise<boolean> {
    const request = { module, distribution: this.#distribution, loaded: new Set(loaded) };
    const { wheels, isKnown, reason } = await this.#findPackages(request, signal).catch((error) => {
      const reason = signal.aborted ? "the cell was interrupted" : `the offline model has failed: ${error}`;
      return { isKnown: true, reason, wheels: [] };
    });
    const sent = this.#sent.size;
    for (const { fileName, bytes } of wheels) {
      this.#send({ type: "wheel", question, fileName, bytes: bytes.toBase64() });
      this.#sent.add(fileName);
    }
    this.#send({ type: "answered", question, isKnown, reason });
    return this.#sent.size > sent;
  }

  #send(message: ToPython): void {
    // A process that is gone cannot be told anything; its end shows in the messages.
    this.#stdin.write(new TextEncoder().encode(JSON.stringify(message) + "\n")).catch(() => {});
  }

  async #death(what: string, cellBegun: boolean): Promise<PythonDiedError> {
    const { code, signal } = await this.#child.status;
    const reason = signal === null ? `it exited with code ${code}` : `it received ${signal}`;
    const words = (await this.#stderr).trim();
    return new PythonDiedError(`${what}: ${reason}.${words === "" ? "" : ` It said: ${words}`}`, cellBegun);
  }
}

type ImportQuestion = Extract<FromPython, { type: "import" }>;

async function* parseBatches(stdout: ReadableStream<Uint8Array>): AsyncGenerator<FromPython[], void, void> {
  for await (const lines of lineBatches(stdout)) yield lines.map(readMessage);
}

async function readTail(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let tail = "";
  for await (const bytes of stderr) tail = (tail + decoder.decode(bytes, { stream: true })).slice(-STDERR_TAIL);
  return tail;
}
