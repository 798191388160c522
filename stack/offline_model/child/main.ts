/**
 * The child process: runs Python in a worker and interrupts it. It ends when its stdin closes, which happens when its
 * parent ends, and when it exceeds its memory limit.
 *
 * @module
 */

import { lineBatches } from "../lines.ts";
import {
  type BootOptions,
  type ImportAnswer,
  NEWS,
  SIGINT,
  SIGNAL,
  type ToPython,
  type TypedAnswer,
  type WorkerBoot,
} from "../protocol.ts";
import type { ReceivedAnswer } from "./answers.ts";
import { revokePermissions } from "./realm.ts";

/** Milliseconds between two memory checks: files that a cell writes grow by about a gigabyte a second. */
const MEMORY_CHECK_MS = 100;

const options = JSON.parse(Deno.args[0]) as BootOptions;
const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
const answers = new MessageChannel();
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** Ends the process. The text that it writes to stderr is shown in the cell's error. */
function fail(lastWords: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${lastWords}\n`));
  Deno.exit(1);
}

worker.addEventListener("error", (event) => {
  event.preventDefault();
  fail(event.message);
});
worker.addEventListener("message", revokePermissions, { once: true }); // it has loaded all its files
worker.postMessage({ ...options, signal: shared.buffer, answers: answers.port2 } as WorkerBoot, [answers.port2]);

/** Wakes the worker if it waits for an answer. */
function notifyWorker(): void {
  Atomics.add(shared, NEWS, 1);
  Atomics.notify(shared, NEWS);
}

function handOn(message: ImportAnswer | TypedAnswer): void {
  const answer: ReceivedAnswer = message.type === "wheel"
    ? { ...message, bytes: Uint8Array.fromBase64(message.bytes) }
    : message;
  answers.port1.postMessage(answer, "bytes" in answer ? [answer.bytes.buffer] : []);
  notifyWorker();
}

setInterval(() => {
  if (Deno.memoryUsage().rss <= options.residentMemory) return;
  fail(`It took more than ${Math.round(options.residentMemory / 1024 / 1024)} MB of memory.`);
}, MEMORY_CHECK_MS);

for await (const lines of lineBatches(Deno.stdin.readable)) {
  for (const line of lines) {
    const message = JSON.parse(line) as ToPython;
    if (message.type === "run") {
      Atomics.store(shared, SIGNAL, 0); // an interrupt that came after the previous cell had ended
      worker.postMessage(message.cell);
    } else if (message.type === "interrupt") {
      Atomics.store(shared, SIGNAL, SIGINT);
      Atomics.notify(shared, SIGNAL);
      notifyWorker();
    } else handOn(message);
  }
}
Deno.exit(0);
