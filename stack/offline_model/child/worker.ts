/**
 * The thread that runs Python. It writes the cells' outputs directly to the process's stdout, so a slow reader slows
 * the cell down instead of filling the memory.
 *
 * @module
 */

import { type FromPython, type PythonCell, SIGINT, SIGNAL, type WorkerBoot } from "../protocol.ts";
import { Answers } from "./answers.ts";
import { bootPyodide } from "./boot.ts";
import { removeBuiltinModules } from "./builtin_modules.ts";
import { makeDevices } from "./devices.ts";
import { renumberErrors } from "./os_error.ts";
import { limitPythonMemory } from "./python_memory.ts";
import { closeRealm } from "./realm.ts";
import { limitStack } from "./stack_limit.ts";

const encoder = new TextEncoder();
const { stdout } = Deno;

function write(bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(stdout.writeSync(rest));
}

function report(message: FromPython): void {
  write(encoder.encode(JSON.stringify(message) + "\n"));
}

/** Writes text from C code that bypasses `sys.stdout`, such as `os.write(1, ...)`. */
function rawStream(name: "stdout" | "stderr") {
  const decoder = new TextDecoder();
  const write = (bytes: Uint8Array): number => {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== "") report({ type: "stream", name, text });
    return bytes.length;
  };
  return { write, isatty: false };
}

async function boot(
  { signal, answers: port, snapshot, pythonMemory, ...options }: WorkerBoot,
): Promise<{ run(cell: PythonCell): void; isFull(): boolean; distribution: string }> {
  const interrupt = new Int32Array(signal);
  const answers = new Answers(interrupt, port);
  let question = 0;
  const bytes = snapshot === undefined ? undefined : Deno.readFileSync(snapshot);
  const isFull = limitPythonMemory(pythonMemory);
  const pyodide = await bootPyodide({ ...options, snapshot: bytes });
  pyodide.setInterruptBuffer(interrupt);
  pyodide.setStdout(rawStream("stdout"));
  pyodide.setStderr(rawStream("stderr"));
  makeDevices(pyodide, {
    write,
    wait(milliseconds) {
      Atomics.wait(interrupt, SIGNAL, 0, milliseconds < 0 ? Infinity : milliseconds);
      return Atomics.compareExchange(interrupt, SIGNAL, SIGINT, 0) === SIGINT;
    },
    importModule(module, loaded) {
      report({ type: "import", question: ++question, module, loaded });
      return answers.waitForWheels(question);
    },
    input(prompt, isPassword) {
      report({ type: "input", question: ++question, prompt, isPassword });
      return answers.waitForInput(question);
    },
  });
  const worker = pyodide.pyimport("offline_model.worker");
  renumberErrors(pyodide);
  limitStack(pyodide);
  worker.attach();
  removeBuiltinModules(pyodide);
  self.postMessage("loaded");
  closeRealm();
  const run = (cell: PythonCell) => {
    try {
      worker.run(JSON.stringify(cell));
    } catch (error) {
      // An interrupt can arrive before or after the shell handles them. Any other error is a defect and ends the
      // process.
      if ((error as { type?: unknown }).type !== "KeyboardInterrupt") throw error;
    }
  };
  return { run, isFull, distribution: pyodide._api.config.cdnUrl };
}

let python: Awaited<ReturnType<typeof boot>> | undefined;

self.addEventListener("message", async (event: MessageEvent<WorkerBoot | PythonCell>) => {
  if ("signal" in event.data) {
    python = await boot(event.data);
    report({ type: "ready", distribution: python.distribution });
  } else if (python !== undefined) {
    report({ type: "begun" });
    python.run(event.data);
    report({ type: "done", full: python.isFull() });
  }
});
