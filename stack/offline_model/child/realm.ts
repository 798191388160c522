/**
 * Isolates the thread that runs Python: JavaScript that a cell may reach can do no harm to the machine.
 *
 * @module
 */

/**
 * The properties of the global object that are kept: the language itself, and functions that Pyodide and Deno call
 * while cells run. All others are removed: network, caches, files, workers, messages.
 */
const KEPT: ReadonlySet<string> = new Set([
  ...["Object", "Function", "Array", "Number", "BigInt", "Boolean", "String", "Symbol", "Date", "Math", "JSON", "Intl"],
  ...["parseFloat", "parseInt", "isFinite", "isNaN", "Infinity", "NaN", "undefined", "globalThis", "self"],
  ...["Promise", "Proxy", "Reflect", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "Iterator"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Uint8Array", "Int8Array", "Uint8ClampedArray"],
  ...["Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "BigUint64Array", "BigInt64Array", "Float16Array"],
  ...["Float32Array", "Float64Array", "RegExp", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent"],
  ...["WebAssembly", "TextDecoder", "TextEncoder", "crypto", "performance", "queueMicrotask"],
]);

/** Deno's permissions. */
const PERMISSIONS = ["read", "write", "net", "env", "run", "ffi", "sys", "import"] as const;

export function revokePermissions(): void {
  for (const name of PERMISSIONS) Deno.permissions.revokeSync({ name });
}

/**
 * Removes the properties of the global object that can affect the machine. Code that needs one must already have a
 * reference to it. The console writes to stderr.
 */
export function closeRealm(): void {
  revokePermissions();
  const { stderr } = Deno;
  const say = (...words: unknown[]) => void stderr.writeSync(new TextEncoder().encode(`${words.join(" ")}\n`));
  for (const key of Reflect.ownKeys(globalThis)) {
    if (typeof key === "string" && !KEPT.has(key)) Reflect.deleteProperty(globalThis, key);
  }
  Reflect.set(globalThis, "console", { debug: say, error: say, info: say, log: say, warn: say });
}
