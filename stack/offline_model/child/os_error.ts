/**
 * Lets functions of Python make what `OSError(...)` and `OverflowError(...)` make, in C code too: CPython gives errors libc's numbers and
 * its own word's limits, and nothing in Python is asked before.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/** Bytes from a type's beginning to its `tp_vectorcall`: what is called first when the type is, and by no subtype of it. */
const TP_VECTORCALL = 200;

/**
 * Makes calls of the types calls of the functions beside which `linux_errno.py` names them.
 *
 * @throws {Error} if OSError, the first of them, has such a function already, or the field is another
 */
export function renumberErrors({ _module, pyimport }: Pick<Pyodide, "_module" | "pyimport">): void {
  const { HEAPU32, addFunction, _PyObject_Vectorcall, _Py_IncRef } = _module;
  for (const [index, pair] of pyimport("offline_model.linux_errno").addresses().split("\n").entries()) {
    const [type, make] = pair.split(" ").map(Number);
    const field = (type + TP_VECTORCALL) / Uint32Array.BYTES_PER_ELEMENT;
    if (index === 0 && HEAPU32[field] !== 0) throw new Error("CPython's OSError is not laid out as expected");
    _Py_IncRef(make); // whatever a cell does to its module
    HEAPU32[field] = addFunction(
      (_type, parameters, count, keywords) => _PyObject_Vectorcall(make, parameters, count, keywords),
      "iiiii",
    );
  }
}
