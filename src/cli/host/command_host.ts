/**
 * The interface of the process for commands.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { ReadStream, WriteStream } from "node:tty";
import type { Environment } from "../../options/setting_sources.ts";
import type { AgentClass } from "./agent_class.ts";
import type { StopSignal } from "./stop_signal.ts";

/** The process that a command runs in. Each module takes only the members that it uses, as in `Pick<CommandHost, "clock">`. */
export interface CommandHost {
  environment: Environment;
  /** Returns the names of all environment variables; none if the process may not list them. */
  environmentNames(): string[];
  clock: Clock;
  /** Generates the random part of the runtime id. Default: 12 hexadecimal digits. */
  randomId?: () => string;

  /** Writes to stdout. If that fails, the text is discarded and the listeners for stop signals are called; without a listener it throws. */
  writeOutput(text: string): void;
  /** Writes to stderr. */
  writeError(text: string): void;
  /** Reads stdin to its end. */
  readInput(): Promise<Uint8Array>;
  isTerminal(stream: "input" | "output" | "error"): boolean;
  /** Returns the terminal's width, in columns; 80 without a terminal. */
  columns(): number;
  /** Returns the terminal itself, for a line editor. */
  terminal(): { input: ReadStream; output: WriteStream };

  /** Reads a file. A relative path is resolved against the working directory. Throws as `node:fs` does. */
  readFile(path: string): Uint8Array;
  /** Writes a file, and creates its folders. Throws as `node:fs` does. */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Checks that a file can be replaced, and changes nothing. Throws as `node:fs` does. */
  checkReplaceable(path: string): void;
  /** Replaces a file atomically; its folder must exist. Throws as `node:fs` does, and leaves the file unchanged then. */
  replaceFile(path: string, content: string): void;
  /** Creates a folder and its parents, or without a path a temporary folder. Returns its path. Throws as `node:fs` does. */
  makeFolder(path?: string): string;
  /** Returns folders for a file that cannot be written to its path, the best first. Each function throws if its folder is not available. */
  fallbackFolders(): (() => string)[];

  /**
   * Calls the listener at every signal that asks the command to stop, and once when stdout can no longer be written. Returns a function
   * that removes the listener.
   */
  onStopSignal(listener: (signal: StopSignal) => void): () => void;
  /** Calls the listener at every uncaught error. Returns a function that removes the listener. */
  onUncaught(listener: (error: unknown) => void): () => void;

  /** Loads the agent's class. Default: loads the class of this package. */
  loadAgent?: () => Promise<AgentClass>;
}
