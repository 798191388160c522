/**
 * Implements the interface of the process with Deno.
 *
 * @module
 */

import { systemClock } from "../../async/clock.ts";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ReadStream, WriteStream } from "node:tty";
import { AIPythonError } from "../../errors.ts";
import { errorCode } from "../files/error_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import type { CommandHost } from "./command_host.ts";
import { ignoresHangup } from "./hangup.ts";
import { node } from "./node_builtin.ts";
import { checkReplaceable, replaceFile } from "./replace_file.ts";
import type { StopSignal } from "./stop_signal.ts";

/** Writing to stdout failed. */
class StdoutError extends AIPythonError {
  readonly name = "StdoutError";

  constructor(cause: unknown) {
    super(`cannot write to standard output: ${fileProblem(cause, "write")}`, { cause });
  }
}

const streams = { input: Deno.stdin, output: Deno.stdout, error: Deno.stderr };

/** The streams that are terminals at the start. Deno no longer reports a closed one as a terminal. */
const terminals: ReadonlySet<unknown> = new Set(Object.values(streams).filter((stream) => stream.isTerminal()));

/** The width without a terminal, in columns: the one that most programs assume. */
const NO_TERMINAL_COLUMNS = 80;

export function createDenoHost(): CommandHost {
  const stopListeners = new Set<(signal: StopSignal) => void>();
  let isOutputLost = false;
  let isHangupIgnored: boolean | undefined;
  return {
    get environment() {
      return node.process.env;
    },
    environmentNames() {
      const isAllowed = Deno.permissions.querySync({ name: "env" }).state === "granted";
      return isAllowed ? Object.keys(node.process.env) : [];
    },
    readFile: (path) => node.fs.readFileSync(path),
    writeOutput(text) {
      if (isOutputLost) return;
      const error = writeAll(Deno.stdout, text);
      if (error === undefined) return;
      isOutputLost = true;
      const isHungUp = errorCode(error) === "EIO" && terminals.has(Deno.stdout);
      // A pipe that was closed, as by `aipython --help | head -1`, or a terminal that was closed is not an error.
      if (!isHungUp && !(error instanceof Deno.errors.BrokenPipe)) {
        const lost = new StdoutError(error);
        if (stopListeners.size === 0) throw lost;
        this.writeError(`aipython: ${lost.message}\n`);
      }
      for (const listener of [...stopListeners]) listener(isHungUp ? "SIGHUP" : "SIGPIPE");
    },
    // If a log line cannot be written, the command continues.
    writeError: (text) => void writeAll(Deno.stderr, text),
    clock: systemClock,
    isTerminal: (stream) => streams[stream].isTerminal(),
    columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : NO_TERMINAL_COLUMNS,
    readInput: () => new Response(Deno.stdin.readable).bytes(),
    writeFile(path, content) {
      node.fs.mkdirSync(dirname(path), { recursive: true });
      node.fs.writeFileSync(path, content);
    },
    checkReplaceable,
    replaceFile,
    makeFolder(path) {
      const { accessSync, constants, mkdirSync } = node.fs;
      if (path === undefined) return makeTemporaryFolder();
      mkdirSync(path, { recursive: true });
      accessSync(path, constants.W_OK);
      return path;
    },
    fallbackFolders: () => [() => makeTemporaryFolder(), () => homedir(), () => "."],
    terminal: () => ({ input: node.process.stdin as ReadStream, output: node.process.stdout as WriteStream }),
    onStopSignal(listener) {
      isHangupIgnored ??= Deno.build.os !== "windows" && ignoresHangup(terminals.size > 0);
      const removers = stopSignals.map((signal) => {
        // Once a process listens to any signal, Deno ends it at SIGHUP, even if SIGHUP was ignored, unless it listens to SIGHUP, too.
        const onSignal = signal === "SIGHUP" && isHangupIgnored ? () => {} : () => listener(signal);
        Deno.addSignalListener(signal, onSignal);
        return () => Deno.removeSignalListener(signal, onSignal);
      });
      stopListeners.add(listener);
      return () => {
        stopListeners.delete(listener);
        removers.forEach((remove) => remove());
      };
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

function makeTemporaryFolder(): string {
  return node.fs.mkdtempSync(join(tmpdir(), "aipython-"));
}

/** The signals that ask the command to stop. Windows has only SIGINT. */
const stopSignals: readonly StopSignal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGHUP", "SIGINT", "SIGTERM"];

/** Writes the whole text synchronously. Returns the error if that fails. */
function writeAll(file: typeof Deno.stdout | typeof Deno.stderr, text: string): unknown {
  let rest: Uint8Array = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
  } catch (error) {
    return error;
  }
}
