/**
 * The thread that runs Python. It writes what cells put out straight to the process's stdout, so a slow reader slows the
 * cell down instead of filling the memory.
 *
 * @module
 */

import { type FromPython, type PythonCell, SIGINT, type WorkerBoot } from "../protocol.ts";
import { bootPyodide } from "./boot.ts";

const encoder = new TextEncoder();

function writeLine(line: string): void {
  let bytes = encoder.encode(line + "\n");
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
}

/** Closes the thread: what it could do to the machine, and where it was started from. */
function close(): void {
  for (const name of ["read", "write", "net", "env", "run", "ffi", "sys", "import"] as const) {
    Deno.permissions.revokeSync({ name });
  }
  Object.defineProperty(Deno, "args", { value: [] });
  Reflect.deleteProperty(globalThis, "Worker");
}

function tell(message: FromPython): void {
  writeLine(JSON.stringify(message));
}

/** What C code writes past `sys.stdout`, as `os.write(1, ...)` does. */
function rawStream(name: "stdout" | "stderr") {
  const decoder = new TextDecoder();
  const write = (bytes: Uint8Array): number => {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== "") tell({ type: "stream", name, text });
    return bytes.length;
  };
  return { write, isatty: false };
}

async function boot({ signal, snapshot, ...options }: WorkerBoot): Promise<(cell: PythonCell) => void> {
  const interrupt = new Int32Array(signal);
  const bytes = snapshot === undefined ? undefined : Deno.readFileSync(snapshot);
  const pyodide = await bootPyodide({ ...options, snapshot: bytes });
  close();
  pyodide.setInterruptBuffer(interrupt);
  pyodide.setStdout(rawStream("stdout"));
  pyodide.setStderr(rawStream("stderr"));
  const shell = pyodide.pyimport("offline_model.shell");
  const wait = (milliseconds: number): boolean => {
    Atomics.wait(interrupt, 0, 0, milliseconds < 0 ? Infinity : milliseconds);
    return Atomics.compareExchange(interrupt, 0, SIGINT, 0) === SIGINT;
  };
  shell.attach(writeLine, wait);
  return (cell) => {
    try {
      shell.run(JSON.stringify(cell));
    } catch (error) {
      // An interrupt can strike before or after the shell's own handlers. Anything else is a defect and ends the process.
      if ((error as { type?: unknown }).type !== "KeyboardInterrupt") throw error;
    }
  };
}

let run: ((cell: PythonCell) => void) | undefined;

self.addEventListener("message", async (event: MessageEvent<WorkerBoot | PythonCell>) => {
  if ("signal" in event.data) {
    run = await boot(event.data);
    tell({ type: "ready" });
  } else {
    tell({ type: "begun" });
    run?.(event.data);
    tell({ type: "done" });
  }
});
