/**
 * The child process: keeps Python in a worker, interrupts it, and ends when its stdin closes, so when its parent does.
 *
 * @module
 */

import { lineBatches } from "../lines.ts";
import { type BootOptions, SIGINT, type ToPython, type WorkerBoot } from "../protocol.ts";

const options = JSON.parse(Deno.args[0]) as BootOptions;
const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

worker.addEventListener("error", (event) => {
  event.preventDefault();
  Deno.stderr.writeSync(new TextEncoder().encode(`${event.message}\n`));
  Deno.exit(1);
});
worker.postMessage({ ...options, signal: signal.buffer } as WorkerBoot);

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
