/**
 * Closes the thread that runs Python: whatever a cell finds of JavaScript can do nothing to the machine.
 *
 * @module
 */

/**
 * What stays of the global object: the language itself, and what Pyodide and Deno call while cells run. All else is removed: network, caches,
 * files, workers, messages.
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

/** Gives all permissions up, of this thread. */
export function revokePermissions(): void {
  for (const name of PERMISSIONS) Deno.permissions.revokeSync({ name });
}

/**
 * Removes what JavaScript could do to the machine from the global object. Code that needs any of it must hold it already. What it says
 * on its console goes to stderr.
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
