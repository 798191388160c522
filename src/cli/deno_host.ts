/**
 * The process, as the command sees it under Deno.
 *
 * @module
 */

import { readFileSync, writeSync } from "node:fs";
import process from "node:process";
import type { StopSignal } from "./exit_code.ts";
import type { CommandHost } from "./program.ts";

/** Windows has no SIGTERM. */
const stopSignals: readonly StopSignal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/** Makes the host of the running process. */
export function createDenoHost(): CommandHost {
  return {
    environment: process.env,
    readTextFile: (path) => readFileSync(path, "utf8"),
    writeOutput: (text) => writeAll(1, text),
    writeError: (text) => writeAll(2, text),
    now: () => new Date(),
    onStopSignal(listener) {
      const forget = stopSignals.map((signal) => {
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
