/**
 * The process, as the command sees it under Deno.
 *
 * @module
 */

import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ReadStream, WriteStream } from "node:tty";
import type { StopSignal } from "../exit_code.ts";
import type { CommandHost } from "./command_host.ts";
import { node } from "./node_builtin.ts";
import { checkReplaceable, replaceFile } from "./replace_file.ts";

const streams = { input: Deno.stdin, output: Deno.stdout, error: Deno.stderr };

/** What programs assume that cannot ask. */
const NO_TERMINAL_COLUMNS = 80;

/** Makes the host of the running process. */
export function createDenoHost(): CommandHost {
  return {
    get environment() {
      return node.process.env;
    },
    readTextFile: (path) => node.fs.readFileSync(path, "utf8"),
    writeOutput: (text) => writeAll(Deno.stdout, text),
    writeError: (text) => writeAll(Deno.stderr, text),
    now: () => new Date(),
    isTerminal: (stream) => streams[stream].isTerminal(),
    columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : NO_TERMINAL_COLUMNS,
    readInput: () => new Response(Deno.stdin.readable).text(),
    writeFile(path, content) {
      node.fs.mkdirSync(dirname(path), { recursive: true });
      node.fs.writeFileSync(path, content);
    },
    checkReplaceable,
    replaceFile,
    makeFolder(path) {
      const { accessSync, constants, mkdirSync, mkdtempSync } = node.fs;
      if (path === undefined) return mkdtempSync(join(tmpdir(), "aipython-"));
      mkdirSync(path, { recursive: true });
      accessSync(path, constants.W_OK);
      return path;
    },
    terminal: () => ({ input: node.process.stdin as ReadStream, output: node.process.stdout as WriteStream }),
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
function writeAll(file: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  let rest: Uint8Array = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
  } catch (error) {
    if (file === Deno.stdout && !(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
