/**
 * The child process: keeps Python in a worker, interrupts it, and ends when its stdin closes, so when its parent does, or when it takes
 * more memory than it may.
 *
 * @module
 */

import { lineBatches } from "../lines.ts";
import { type BootOptions, SIGINT, type ToPython, type WorkerBoot } from "../protocol.ts";
import { revokePermissions } from "./realm.ts";

/** Milliseconds between two looks at the memory: files that a cell writes grow by about a gigabyte a second. */
const MEMORY_CHECK_MS = 100;

const options = JSON.parse(Deno.args[0]) as BootOptions;
const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** Ends the process; its last words are in the error that the cell ends with. */
function fail(lastWords: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${lastWords}\n`));
  Deno.exit(1);
}

worker.addEventListener("error", (event) => {
  event.preventDefault();
  fail(event.message);
});
worker.addEventListener("message", revokePermissions, { once: true }); // it has loaded all that it needs
worker.postMessage({ ...options, signal: signal.buffer } as WorkerBoot);

setInterval(() => {
  if (Deno.memoryUsage().rss <= options.residentMemory) return;
  fail(`It took more than ${Math.round(options.residentMemory / 1024 / 1024)} MB of memory.`);
}, MEMORY_CHECK_MS);

for await (const lines of lineBatches(Deno.stdin.readable)) {
  for (const line of lines) {
    const message = JSON.parse(line) as ToPython;
    if (message.type === "run") {
      Atomics.store(signal, 0, 0); // an interrupt that came after the cell before had ended
      worker.postMessage(message.cell);
    } else {
      Atomics.store(signal, 0, SIGINT);
      Atomics.notify(signal, 0);
    }
  }
}
Deno.exit(0);
