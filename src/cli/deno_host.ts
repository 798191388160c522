/**
 * The process, as the command sees it under Deno.
 *
 * @module
 */

import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import type { ReadStream, WriteStream } from "node:tty";
import type { StopSignal } from "./exit_code.ts";
import type { CommandHost } from "./command_host.ts";
import { checkReplaceable, replaceFile } from "./replace_file.ts";

const streams = { input: Deno.stdin, output: Deno.stdout, error: Deno.stderr };

/** What programs assume that cannot ask. */
const NO_TERMINAL_COLUMNS = 80;

/** Makes the host of the running process. */
export function createDenoHost(): CommandHost {
  return {
    environment: process.env,
    readTextFile: (path) => readFileSync(path, "utf8"),
    writeOutput: (text) => writeAll(1, text),
    writeError: (text) => writeAll(2, text),
    now: () => new Date(),
    isTerminal: (stream) => streams[stream].isTerminal(),
    columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : NO_TERMINAL_COLUMNS,
    readInput: () => new Response(Deno.stdin.readable).text(),
    writeFile(path, content) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    },
    checkReplaceable,
    replaceFile,
    makeFolder(path) {
      if (path === undefined) return mkdtempSync(join(tmpdir(), "aipython-"));
      mkdirSync(path, { recursive: true });
      accessSync(path, constants.W_OK);
      return path;
    },
    terminal: () => ({ input: process.stdin as ReadStream, output: process.stdout as WriteStream }),
    onStopSignal(listener) {
      const forget = stopSignals().map((signal) => {
        const onSignal = () => listener(signal);
        Deno.addSignalListener(signal, onSignal);
        return () => Deno.removeSignalListener(signal, onSignal);
      });
      return () => forget.forEach((each) => each());
    },
    onUncaught(listener) {
      const onError = (event: ErrorEvent) => {
        event.preventDefault();
        listener(event.error);
      };
      const onRejection = (event: PromiseRejectionEvent) => {
        event.preventDefault();
        listener(event.reason);
      };
      globalThis.addEventListener("error", onError);
      globalThis.addEventListener("unhandledrejection", onRejection);
      return () => {
        globalThis.removeEventListener("error", onError);
        globalThis.removeEventListener("unhandledrejection", onRejection);
      };
    },
  };
}

/**
 * The signals that ask the command to stop. Windows has SIGINT only. A terminal that is closed hangs up; without one, SIGHUP is left
 * alone, because `nohup` sees to it that it is ignored, which listening to it would undo.
 */
function stopSignals(): readonly StopSignal[] {
  if (Deno.build.os === "windows") return ["SIGINT"];
  const hasTerminal = Object.values(streams).some((stream) => stream.isTerminal());
  return hasTerminal ? ["SIGHUP", "SIGINT", "SIGTERM"] : ["SIGINT", "SIGTERM"];
}

/**
 * Writes the whole text before it returns. A reader who has gone (`aipython --help | head -1`) is no fault of ours, and a log that
 * cannot be written is no reason to end.
 */
function writeAll(file: 1 | 2, text: string): void {
  let rest: Uint8Array = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
  } catch (error) {
    if (file === 1 && (error as { code?: unknown }).code !== "EPIPE") throw error;
  }
}
