/**
 * The process under Deno, as commands see it.
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

/** Nothing can be written to stdout. */
class StdoutError extends AIPythonError {
  /** The class's name. */
  readonly name = "StdoutError";

  constructor(cause: unknown) {
    super(`cannot write to standard output: ${fileProblem(cause, "write")}`, { cause });
  }
}

const streams = { input: Deno.stdin, output: Deno.stdout, error: Deno.stderr };

/** Those that are terminals at the start; one that was closed is none any more. */
const terminals: ReadonlySet<unknown> = new Set(Object.values(streams).filter((stream) => stream.isTerminal()));

/** The width without a terminal: what most programs assume. */
const NO_TERMINAL_COLUMNS = 80;

/** Makes the host of the running process. */
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
      // `aipython --help | head -1` is not an error, and neither is a terminal that was closed.
      if (!isHungUp && !(error instanceof Deno.errors.BrokenPipe)) {
        const lost = new StdoutError(error);
        if (stopListeners.size === 0) throw lost;
        this.writeError(`aipython: ${lost.message}\n`);
      }
      for (const listener of [...stopListeners]) listener(isHungUp ? "SIGHUP" : "SIGPIPE");
    },
    // A log line that cannot be written does not end the command.
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
    refuges: () => [() => makeTemporaryFolder(), () => homedir(), () => "."],
    terminal: () => ({ input: node.process.stdin as ReadStream, output: node.process.stdout as WriteStream }),
    onStopSignal(listener) {
      isHangupIgnored ??= Deno.build.os !== "windows" && ignoresHangup(terminals.size > 0);
      const removers = stopSignals.map((signal) => {
        // Deno ends a process at SIGHUP that listens to any signal, also where SIGHUP was ignored, unless it listens to that one, too.
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

/** The signals that ask the command to stop. Windows has SIGINT only. */
const stopSignals: readonly StopSignal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGHUP", "SIGINT", "SIGTERM"];

/** Writes the whole text before it returns; returns the error that prevented it. */
function writeAll(file: typeof Deno.stdout | typeof Deno.stderr, text: string): unknown {
  let rest: Uint8Array = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
  } catch (error) {
    return error;
  }
}
