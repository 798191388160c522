/**
 * The process, as commands see it.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { ReadStream, WriteStream } from "node:tty";
import type { Environment } from "../../options/setting_sources.ts";
import type { AgentClass } from "./agent_class.ts";
import type { StopSignal } from "./stop_signal.ts";

/** The process that a command runs in. Parts of the program take what they use of it: `Pick<CommandHost, "clock">`. */
export interface CommandHost {
  /** The process environment. */
  environment: Environment;
  /** Returns the names of all variables; none where the process may not list them. */
  environmentNames(): string[];
  /** Tells the time and measures waits. */
  clock: Clock;
  /** Makes the random part of the runtime id. Default: 12 hexadecimal digits. */
  randomId?: () => string;

  /** Writes to stdout. What cannot be written is dropped: the listeners for stop signals are told, and without any it throws. */
  writeOutput(text: string): void;
  /** Writes to stderr. */
  writeError(text: string): void;
  /** Reads stdin to its end. */
  readInput(): Promise<Uint8Array>;
  /** Whether a stream is a terminal. */
  isTerminal(stream: "input" | "output" | "error"): boolean;
  /** Returns the terminal's width in columns; 80 without a terminal. */
  columns(): number;
  /** Returns the terminal itself, for a line editor. */
  terminal(): { input: ReadStream; output: WriteStream };

  /** Reads a file; a relative path starts at the working directory. Throws as `node:fs` does. */
  readFile(path: string): Uint8Array;
  /** Writes a file, and makes the folders that it is in. Throws as `node:fs` does. */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Checks that a file can be replaced; changes nothing. Throws as `node:fs` does. */
  checkReplaceable(path: string): void;
  /** Replaces a file atomically; its folder must exist. Throws as `node:fs` does, and has changed nothing then. */
  replaceFile(path: string, content: string): void;
  /** Makes a folder and its parents, or a temporary folder, and returns its path. Throws as `node:fs` does. */
  makeFolder(path?: string): string;
  /** Names folders for what can be written nowhere else, the best first; each throws where it cannot be had. */
  refuges(): (() => string)[];

  /**
   * Calls the listener at every signal that asks the command to stop, and once when the reader of stdout has gone; returns a function
   * that removes the listener.
   */
  onStopSignal(listener: (signal: StopSignal) => void): () => void;
  /** Calls the listener at every uncaught error; returns a function that removes the listener. */
  onUncaught(listener: (error: unknown) => void): () => void;

  /** Loads the agent's class. Default: that of this package. */
  loadAgent?: () => Promise<AgentClass>;
}
