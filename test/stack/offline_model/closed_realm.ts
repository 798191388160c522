/**
 * A program that closes its realm as the offline model's thread does, and prints what is still possible there.
 *
 * @module
 */

import { closeRealm } from "../../../stack/offline_model/child/realm.ts";

const { stdout, readTextFileSync } = Deno;
const attempt = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return (error as Error).name;
  }
};

/** Globals that give access to the machine or store data on it. */
const DANGEROUS = [
  ...["Deno", "process", "require", "fetch", "Request", "WebSocket", "EventSource", "Worker", "BroadcastChannel"],
  ...["caches", "Cache", "CacheStorage", "localStorage", "indexedDB", "navigator", "location", "postMessage", "close"],
  ...["MessageChannel", "setTimeout", "setInterval", "Buffer", "File", "Blob", "URL"],
];

closeRealm();
const report = {
  eval: attempt(() => (0, eval)("1 + 1")),
  Function: attempt(() => attempt.constructor("return 1 + 1")()),
  file: attempt(() => readTextFileSync(import.meta.filename!)),
  left: DANGEROUS.filter((name) => Reflect.has(globalThis, name)),
};
stdout.writeSync(new TextEncoder().encode(JSON.stringify(report)));
