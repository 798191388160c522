/**
 * Limits the depth of calls between C code and Python.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/**
 * Bytes of C's stack that Python may use. CPython's recursion limit counts Python's frames only. V8's stack is full
 * before C's stack is, and code cannot find out how full it is. Recursive functions under `functools.lru_cache` fill
 * it first: after some 2,700 calls, which take 1.2 MB of C's stack.
 */
const SIZE = 1_000_000;

/**
 * Makes Python raise a RecursionError before V8's stack is full. A full stack would end the process.
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
