/**
 * The protocol between the server and its Python process: one JSON object a line, over the child's stdin and stdout.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { StreamName } from "../../src/execution/execution_context.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import type { ConversationFile } from "./conversation_files.ts";

/** The boot options of a Python process. They are the child's only command-line argument, as JSON. */
export interface BootOptions {
  /** The URL of the `pyodide` package's folder, ending in a slash. */
  pyodideUrl: string;
  /** The path of the folder with our Python files. */
  pythonDir: string;
  /** The versions of IPython and Python that the process claims to have; Python's is in its paths. */
  persona: { ipython: string; python: string };
  /** The path of a memory snapshot to boot from, or to write for the program that makes a snapshot. */
  snapshot?: string;
  /** Bytes to which Python's memory may grow. Beyond them it raises a MemoryError. */
  pythonMemory: number;
  /** Bytes of resident memory that the process may use, including the files that cells write. Beyond them it ends. */
  residentMemory: number;
}

/** A cell for Python to run. */
export interface PythonCell {
  executionCount: number;
  code: string;
  /** Whether to run the cell for its effects only: its outputs are discarded and its sleeps take no time. */
  muted: boolean;
  /** Whether to skip statements that fail, because parts of this cell or of earlier ones may be left out. */
  partial: boolean;
  /** Whether to clear the namespace first. */
  fresh: boolean;
  /** Whether a person can be asked for input. */
  canAsk: boolean;
  /** The answers to the cell's first requests for input. Up to the last of them the cell runs for its effects only. */
  answers: readonly InputAnswer[];
  /** The files to write or delete first. Default: none. */
  files?: readonly ConversationFile[];
}

/**
 * A message from the server to the child: run a cell (one at a time), interrupt the running cell, the packages for an
 * import, or a typed line.
 */
export type ToPython = { type: "run"; cell: PythonCell } | { type: "interrupt" } | ImportAnswer | TypedAnswer;

/** An answer to the child's request for input. */
export interface TypedAnswer {
  type: "typed";
  question: number;
  answer: InputAnswer;
}

/** Messages that answer the child's question for a module: one for each wheel, and one that ends the answer. */
export type ImportAnswer =
  /** `bytes` in base64. */
  | { type: "wheel"; question: number; fileName: string; bytes: string }
  | { type: "answered"; question: number; isKnown: boolean; reason?: string };

/** An output of a running cell. */
export type PythonEvent =
  /** Text on a stream. Without text, it flushes the stream. */
  | { type: "stream"; name: StreamName; text: string }
  /** A call of another tool, with its arguments. No event follows `input` until it is answered. */
  | { type: "call"; name: "execute_result" | "display" | "error" | "input"; arguments: { [key: string]: JsonValue } };

/**
 * A message from the child to the server: it is ready for its first cell; or a cell begins, has an output, imports a
 * missing module, asks for input or has ended.
 */
export type FromPython =
  /** `distribution`: the URL that Pyodide names for its packages. */
  | { type: "ready"; distribution: string }
  | { type: "begun" }
  /** `question`: a number that the answer repeats. `loaded`: the file names of the wheels that Python has. */
  | { type: "import"; question: number; module: string; loaded: string[] }
  /** `question`: a number that the answer repeats. */
  | { type: "input"; question: number; prompt: string; isPassword: boolean }
  | PythonEvent
  /** `full`: Python has requested more memory than its limit. */
  | { type: "done"; full: boolean };

/** The first byte of a line that a cell has written through the child. Such a line may contain events only. */
export const PYTHON_SAYS = 62; // ">"

/** The streams and the other tools that an event of a cell may name. */
const EVENT_NAMES: Readonly<Record<PythonEvent["type"], readonly string[]>> = {
  stream: ["stdout", "stderr"],
  call: ["execute_result", "display", "error"],
};

/**
 * Reads a line of the child.
 *
 * @throws {Error} when the line is not JSON, or a line from a cell is not an event
 */
export function readMessage(line: string): FromPython {
  if (line.charCodeAt(0) !== PYTHON_SAYS) return JSON.parse(line);
  const event: unknown = JSON.parse(line.slice(1));
  if (!isPythonEvent(event)) throw new Error("a cell has written an invalid event");
  return event;
}

function isPythonEvent(value: unknown): value is PythonEvent {
  if (typeof value !== "object" || value === null) return false;
  const { type, name, text, arguments: args } = value as Partial<Record<string, unknown>>;
  if ((type !== "stream" && type !== "call") || !EVENT_NAMES[type].includes(name as string)) return false;
  return type === "stream"
    ? typeof text === "string"
    : typeof args === "object" && args !== null && !Array.isArray(args);
}

/** The boot options of the child's worker. */
export interface WorkerBoot extends BootOptions {
  /**
   * Two shared integers: the number of the signal that Python shall receive, or 0; and the number of notifications so
   * far.
   */
  signal: SharedArrayBuffer;
  answers: MessagePort;
}

/** The indexes of the two integers. */
export const SIGNAL = 0, NEWS = 1;

/** The number of SIGINT, which Python turns into a KeyboardInterrupt. */
export const SIGINT = 2;
