/**
 * Removes modules from the interpreter through which a cell could reach its memory, and so the JavaScript functions
 * behind it.
 *
 * @module
 */

import type { Pyodide } from "./boot.ts";

/**
 * The bridge to JavaScript, the modules that call any function by its address, and CPython's tests, which can do so
 * too.
 */
const REMOVED = [
  "_pyodide_core",
  "_ctypes",
  "_remote_debugging",
  "_testcapi",
  "_testinternalcapi",
  "_testlimitedcapi",
  "_testbuffer",
  "_testclinic",
  "_testclinic_limited",
  "_xxtestfuzz",
  "xxsubtype",
];

/**
 * Bytes of an entry in CPython's table of built-in modules: the address of the name, and the address of the init
 * function.
 */
const ENTRY = 8;

/**
 * Removes the modules: overwrites their names in the interpreter's table with a random name.
 *
 * @throws {Error} if the table is not where it should be
 */
export function removeBuiltinModules(
  { _module: { HEAPU8, HEAPU32, _PyImport_Inittab } }: Pick<Pyodide, "_module">,
): void {
  const names = new Set(REMOVED);
  const decoder = new TextDecoder();
  for (let entry = HEAPU32[_PyImport_Inittab / 4]; HEAPU32[entry / 4] !== 0; entry += ENTRY) {
    const start = HEAPU32[entry / 4];
    const bytes = HEAPU8.subarray(start, HEAPU8.indexOf(0, start));
    if (!names.delete(decoder.decode(bytes.slice()))) continue;
    crypto.getRandomValues(bytes);
    bytes.forEach((byte, index) => bytes[index] = byte || 1);
  }
  if (names.size > 0) throw new Error(`CPython's table of built-in modules lacks ${[...names].join(", ")}`);
}
