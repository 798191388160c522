/**
 * Bounds how deep C code and Python call each other.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/**
 * Bytes of C's stack that Python may use. CPython's recursion limit counts frames of Python only, and V8's stack, which no code can ask
 * about, is full before C's own is. Of the functions that call themselves by way of C, those under `functools.lru_cache` fill it first:
 * after some 2,700 calls, which take 1.2 MB of C's stack.
 */
const SIZE = 1_000_000;

/**
 * Lets Python raise a RecursionError before V8's stack is full, which would end the process.
 *
 * @throws {Error} if Python refuses
 */
export function limitStack({ _module }: Pick<Pyodide, "_module">): void {
  const { _PyThreadState_Get, _emscripten_stack_get_base, _PyUnstable_ThreadState_SetStackProtection } = _module;
  const start = _emscripten_stack_get_base() - SIZE;
  if (_PyUnstable_ThreadState_SetStackProtection(_PyThreadState_Get(), start, SIZE) !== 0) {
    throw new Error("CPython's stack cannot be bounded");
  }
}
