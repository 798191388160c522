/**
 * Lets a function of Python make what `OSError(...)` makes, in C code too: CPython gives errors libc's numbers, and nothing in Python is
 * asked before.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/** Bytes from a type's beginning to its `tp_vectorcall`: what is called first when the type is, and by no subtype of it. */
const TP_VECTORCALL = 200;

/**
 * Makes calls of OSError calls of `make_error` in `linux_errno.py`.
 *
 * @throws {Error} if OSError has such a function already, or the field is another
 */
export function renumberErrors({ _module, pyimport }: Pick<Pyodide, "_module" | "pyimport">): void {
  const [type, make] = pyimport("offline_model.linux_errno").addresses().split(" ").map(Number);
  const { HEAPU32, addFunction, _PyObject_Vectorcall, _Py_IncRef } = _module;
  const field = (type + TP_VECTORCALL) / Uint32Array.BYTES_PER_ELEMENT;
  if (HEAPU32[field] !== 0) throw new Error("CPython's OSError is not laid out as expected");
  _Py_IncRef(make); // whatever a cell does to its module
  HEAPU32[field] = addFunction(
    (_type, parameters, count, keywords) => _PyObject_Vectorcall(make, parameters, count, keywords),
    "iiiii",
  );
}
