/**
 * What commands see of the process that they run in.
 *
 * @module
 */

import type { ReadStream, WriteStream } from "node:tty";
import type { AttachContext } from "../attach/attach.ts";
import type { CommandContext } from "../command_settings.ts";

/** What a command depends on: the process it runs in. */
export interface CommandHost extends CommandContext, Omit<AttachContext, "logger"> {
  /** Writes to stdout. */
  writeOutput(text: string): void;
  /** Writes to stderr. */
  writeError(text: string): void;
  /** Tells the time. */
  now(): Date;
  /** Whether a stream is a terminal. */
  isTerminal(stream: "input" | "output" | "error"): boolean;
  /** The terminal's width in columns; 80 where there is none. */
  columns(): number;
  /** Reads stdin to its end, as UTF-8. */
  readInput(): Promise<string>;
  /** Writes a file anew, and makes the folders that it stands in. Throws as `node:fs` does. */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Makes sure that a file can be replaced; leaves everything as it is. Throws as `node:fs` does. */
  checkReplaceable(path: string): void;
  /** Writes a file anew at one stroke, in a folder that is there. Throws as `node:fs` does, and has changed nothing then. */
  replaceFile(path: string, content: string): void;
  /** Makes a folder and those that it stands in, or a temporary one, and returns its path. Throws as `node:fs` does. */
  makeFolder(path?: string): string;
  /** The terminal itself, for a line editor. */
  terminal(): { input: ReadStream; output: WriteStream };
}
