/**
 * Measures the resources that a process holds: memory, timers, listeners on abort signals, Effect's fibers, open
 * files.
 *
 * Import it before all other modules: it counts only listeners that are added later.
 *
 * @module
 */

import { Effect, Fiber } from "@livestore/utils/effect";
import process from "node:process";

export interface VitalSigns {
  /** JavaScript objects in use, in bytes. */
  heapUsed: number;
  /** Memory outside of the heap that JavaScript objects hold, in bytes. */
  external: number;
  /** Memory of WebAssembly, including SQLite's, in bytes. */
  wasm: number;
  /** Resident memory, in bytes. */
  rss: number;
  timers: number;
  /** Listeners on abort signals that are neither collected nor aborted. */
  abortListeners: number;
  /** Effect's fibers that no other fiber has begun. */
  fibers: number;
  /** Open files and sockets; 0 if the system does not report them. */
  openFiles: number;
}

/** How long a process must be unchanged to count as quiet, in milliseconds. */
const QUIET_MS = 100;

/** The listeners of every signal, which must not keep the signal alive. */
const listenersOf = new WeakMap<AbortSignal, Set<unknown>>();
const signals = new Set<WeakRef<AbortSignal>>();

const wasmMemories: WebAssembly.Memory[] = [];

watchAbortSignals();
watchWasmMemories();

/**
 * Reads the signs as soon as the process is quiet: two consecutive readings have the same timers, listeners, fibers
 * and files.
 */
export async function readVitalSigns(): Promise<VitalSigns> {
  let last: VitalSigns | undefined;
  while (true) {
    const signs = await look();
    if (last !== undefined && isSame(signs, last)) return signs;
    last = signs;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

async function look(): Promise<VitalSigns> {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("vital signs need --v8-flags=--expose-gc");
  // The first collection finalizes objects and the second one frees them. Weak references are cleared between two
  // tasks.
  gc();
  await new Promise((resolve) => setTimeout(resolve));
  gc();
  const { heapUsed, external, rss } = Deno.memoryUsage();
  return {
    heapUsed,
    external,
    wasm: wasmMemories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    rss,
    timers: process.getActiveResourcesInfo().filter((name) => name === "Timeout").length,
    abortListeners: countAbortListeners(),
    fibers: Effect.runSync(Fiber.roots).length,
    openFiles: countOpenFiles(),
  };
}

function isSame(a: VitalSigns, b: VitalSigns): boolean {
  return a.timers === b.timers && a.abortListeners === b.abortListeners && a.fibers === b.fibers &&
    a.openFiles === b.openFiles;
}

function countOpenFiles(): number {
  try {
    return [...Deno.readDirSync("/proc/self/fd")].length;
  } catch {
    return 0;
  }
}

function countAbortListeners(): number {
  let count = 0;
  for (const reference of signals) {
    const signal = reference.deref();
    if (signal === undefined || signal.aborted) signals.delete(reference);
    else count += listenersOf.get(signal)?.size ?? 0;
  }
  return count;
}

/** A signal does not report its number of listeners, so they are counted when they are added and removed. */
function watchAbortSignals(): void {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (this instanceof AbortSignal && type === "abort") {
      if (!listenersOf.has(this)) {
        listenersOf.set(this, new Set());
        signals.add(new WeakRef(this));
      }
      listenersOf.get(this)?.add(listener);
    }
    addEventListener.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (this instanceof AbortSignal && type === "abort") listenersOf.get(this)?.delete(listener);
    removeEventListener.call(this, type, listener, options);
  };
}

/** A module's memory is among its exports. */
function watchWasmMemories(): void {
  for (const name of ["instantiate", "instantiateStreaming"] as const) {
    // Both functions have overloads that TypeScript cannot distinguish here.
    const original = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(WebAssembly, {
      [name]: async (...args: unknown[]) => {
        const result = await original(...args);
        const { exports } = result instanceof WebAssembly.Instance
          ? result
          : (result as WebAssembly.WebAssemblyInstantiatedSource).instance;
        wasmMemories.push(...Object.values(exports).filter((value) => value instanceof WebAssembly.Memory));
        return result;
      },
    });
  }
}
