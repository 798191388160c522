/**
 * What the server and its Python process say to each other: one JSON object a line, over the child's stdin and stdout.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { StreamName } from "../../src/execution/execution_context.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import type { ToldFile } from "./told_files.ts";

/** How a Python process boots. It is the child's only command-line argument, as JSON. */
export interface BootOptions {
  /** The URL of the `pyodide` package's folder, ending in a slash. */
  pyodideUrl: string;
  /** The path of the folder with our Python files. */
  pythonDir: string;
  /** The versions that Python names as IPython's and, in its paths, as its own. */
  persona: { ipython: string; python: string };
  /** The path of a memory snapshot to boot from, or to write when it is a snapshot that is being made. */
  snapshot?: string;
  /** Bytes that Python's own memory may grow to; then it raises a MemoryError. */
  pythonMemory: number;
  /** Bytes of resident memory that the process may take, files that cells write included; then it ends. */
  residentMemory: number;
}

/** A cell, as Python is to run it. */
export interface PythonCell {
  /** The cell's execution count. */
  executionCount: number;
  /** Its source. */
  code: string;
  /** Run it for its effects only: its outputs are discarded and its sleeps take no time. */
  muted: boolean;
  /** Run what can be run of it: parts of it, or of the cells before it, may be left out. */
  partial: boolean;
  /** Drop the namespace first. */
  fresh: boolean;
  /** Whether somebody can be asked for input. */
  canAsk: boolean;
  /** What its first requests for input are answered with. Up to the last of them it is run for its effects only. */
  answers: readonly InputAnswer[];
  /** The files that are written first, or deleted. Default: none. */
  files?: readonly ToldFile[];
}

/** What the server tells the child: run this (one cell at a time), interrupt what runs, what there is for an import, or what was typed. */
export type ToPython = { type: "run"; cell: PythonCell } | { type: "interrupt" } | ImportAnswer | TypedAnswer;

/** An answer to the child's request for input. */
export interface TypedAnswer {
  type: "typed";
  question: number;
  answer: InputAnswer;
}

/** An answer to the child's question for a module: a wheel each, and what ends it. */
export type ImportAnswer =
  /** `bytes` in base64. */
  | { type: "wheel"; question: number; fileName: string; bytes: string }
  | { type: "answered"; question: number; isKnown: boolean; reason?: string };

/** Something that a running cell puts out. */
export type PythonEvent =
  /** Text on a stream; without text, the stream is flushed. */
  | { type: "stream"; name: StreamName; text: string }
  /** One of the other tools, with its arguments. Behind `input` nothing comes until that is answered. */
  | { type: "call"; name: "execute_result" | "display" | "error" | "input"; arguments: { [key: string]: JsonValue } };

/**
 * What the child tells the server: it is ready for its first cell; a cell begins, puts something out, imports a module that is not there,
 * asks for input, has ended.
 */
export type FromPython =
  /** `distribution`: the address that Pyodide names for its packages. */
  | { type: "ready"; distribution: string }
  | { type: "begun" }
  /** `question`: a number that the answer repeats. `loaded`: the file names of the wheels that Python has. */
  | { type: "import"; question: number; module: string; loaded: string[] }
  /** `question`: a number that the answer repeats. */
  | { type: "input"; question: number; prompt: string; isPassword: boolean }
  | PythonEvent
  /** `full`: Python has asked for more memory than it may have. */
  | { type: "done"; full: boolean };

/** The byte that a line of the child begins with when a cell has written the rest: it may tell of events, and of nothing else. */
export const PYTHON_SAYS = 62; // ">"

/** The streams, and the other tools: what an event of a cell may name. */
const EVENT_NAMES: Readonly<Record<PythonEvent["type"], readonly string[]>> = {
  stream: ["stdout", "stderr"],
  call: ["execute_result", "display", "error"],
};

/**
 * Reads a line of the child.
 *
 * @throws {Error} when it is not JSON, or a cell tells of what is no event
 */
export function readMessage(line: string): FromPython {
  if (line.charCodeAt(0) !== PYTHON_SAYS) return JSON.parse(line);
  const event: unknown = JSON.parse(line.slice(1));
  if (!isPythonEvent(event)) throw new Error("a cell has written what is no event");
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

/** What `BootOptions` becomes for the child's worker. */
export interface WorkerBoot extends BootOptions {
  /** Two shared integers: the number of the signal that Python is to receive, or 0; and how often there was something new to look at. */
  signal: SharedArrayBuffer;
  /** Where what the server answers arrives. */
  answers: MessagePort;
}

/** Where the two integers stand. */
export const SIGNAL = 0, NEWS = 1;

/** The number of SIGINT, which Python turns into a KeyboardInterrupt. */
export const SIGINT = 2;
