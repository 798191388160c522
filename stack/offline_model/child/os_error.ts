/**
 * Replaces the constructors of `OSError` and `OverflowError` by Python functions, for calls from C code too.
 * Otherwise errors would have the numbers of Emscripten's libc and the limits of a 32-bit word instead of Linux's.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/**
 * Offset of `tp_vectorcall` in a type object, in bytes. A call of the type calls this function first; subtypes do not
 * inherit it.
 */
const TP_VECTORCALL = 200;

/**
 * Redirects calls of each type to the function that `linux_errno.py` pairs with it.
 *
 * @throws {Error} if the field of OSError, the first type, is not empty: CPython's layout has changed
 */
export function renumberErrors({ _module, pyimport }: Pick<Pyodide, "_module" | "pyimport">): void {
  const { HEAPU32, addFunction, _PyObject_Vectorcall, _Py_IncRef } = _module;
  for (const [index, pair] of pyimport("offline_model.linux_errno").addresses().split("\n").entries()) {
    const [type, make] = pair.split(" ").map(Number);
    const field = (type + TP_VECTORCALL) / Uint32Array.BYTES_PER_ELEMENT;
    if (index === 0 && HEAPU32[field] !== 0) throw new Error("CPython's OSError is not laid out as expected");
    _Py_IncRef(make); // keeps the function alive if a cell deletes it from its module
    HEAPU32[field] = addFunction(
      (_type, parameters, count, keywords) => _PyObject_Vectorcall(make, parameters, count, keywords),
      "iiiii",
    );
  }
}
