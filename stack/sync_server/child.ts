/**
 * The process that holds miniflare, and through it workerd, for as long as its parent lives: it takes its settings from the first line
 * of stdin, reports on stdout, and leaves when stdin ends, however the parent came to its end.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { admissionWorker, admit } from "./admission.ts";
import { type ChildReport, type ChildRequest, type ChildSettings, pidFile } from "./child_protocol.ts";
import type { SyncUser } from "./worker/users.ts";
import { bundleWorker } from "./worker_bundle.ts";
import { readWorkerOptions } from "./worker_options.ts";

/** Longest wait for an orderly end, in ms: workerd is killed then. A stop takes about 50 ms. */
const stopDeadlineMs = 3_000;

/**
 * V8's flags in workerd. With two cores V8 has one background thread. When that thread compiles and waits for memory while garbage is
 * being swept in the background too, workerd's main thread waits for the sweeper in a loop that never ends, and the server answers
 * nobody any more. Uploads of 16 MB brought it about. Garbage that is collected on the main thread alone needs no other thread.
 */
const workerdV8Flags = "--single-threaded-gc";

/** Answered by the worker when everything that it acknowledged is stored. */
const drainUrl = "http://drain.invalid/";

/** Nobody else may fill the table of tokens. */
const admissionKey = crypto.randomUUID();

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const settings: ChildSettings = JSON.parse((await lines.next()).value ?? "null");

if (settings !== null) {
  const started = start(settings);
  const admitted = (users: Record<string, SyncUser>) =>
    started.then((miniflare) => admit(users, admissionKey, (url, init) => miniflare.dispatchFetch(url, init)));
  reportEnd(admitted(settings.users), async () => ({ ready: { port: Number((await (await started).ready).port) } }));
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    const request: ChildRequest = JSON.parse(line.value);
    reportEnd(admitted(request.admit), () => ({ admitted: true }));
  }
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, stopDeadlineMs));
  await Promise.race([stop(started), deadline]);
  await Deno.remove(settings.workFolder, { recursive: true }).catch(() => {});
}
// Miniflare's own exit hook kills a workerd that is left.
process.exit(0);

async function start({ port, dataFolder, workFolder, bundle }: ChildSettings) {
  await takeState(dataFolder);
  const [scriptPath, options, { Miniflare }] = await Promise.all([
    bundle ?? bundleWorker(),
    readWorkerOptions(),
    import("miniflare"),
    noteWorkerdPid(workFolder),
  ]);
  const persist = (name: string) => join(dataFolder, name);
  return new Miniflare({
    workers: [
      {
        ...options,
        // The names of stored rooms begin with the worker's; it has had none so far.
        name: "",
        modules: [{ type: "ESModule", path: scriptPath }],
        // Otherwise it is the working directory, and workerd takes no path that leads out of it.
        modulesRoot: dirname(scriptPath),
      },
      await admissionWorker(admissionKey, options.compatibilityDate),
    ],
    host: "127.0.0.1",
    port,
    // Otherwise it asks the network for the properties of a request.
    cf: false,
    durableObjectsPersist: persist("durable_objects"),
    d1Persist: persist("d1"),
    r2Persist: persist("r2"),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      // sync-cf's logger writes several lines a message.
      stdout.resume();
      stderr.resume();
    },
  });
}

/**
 * Takes the folder of the state for this process, until it ends, and makes it its owner's alone. A server that still holds it, because
 * its parent was killed and it has not heard of that yet, is waited for.
 */
async function takeState(folder: string): Promise<void> {
  // What workerd writes, too.
  if (Deno.build.os !== "windows") Deno.umask(0o077);
  await Deno.mkdir(folder, { recursive: true });
  const file = await Deno.open(join(folder, "lock"), { create: true, write: true });
  await file.lock(true);
}

async function stop(started: ReturnType<typeof start>): Promise<void> {
  const miniflare = await started.catch(() => undefined);
  await miniflare?.dispatchFetch(drainUrl).catch(() => {});
  await miniflare?.dispose().catch(() => {});
}

/** Has workerd started through a shell that notes its pid: miniflare keeps it to itself, and the parent may have to kill it. */
async function noteWorkerdPid(workFolder: string): Promise<void> {
  const workerd: { default: string } = createRequire(import.meta.resolve("miniflare"))("workerd");
  const launcher = join(workFolder, "workerd.sh");
  await Deno.writeTextFile(
    launcher,
    `#!/bin/sh\necho $$ > ${quoted(join(workFolder, pidFile))}\nexec ${quoted(workerd.default)} "$@"\n`,
    { mode: 0o755 },
  );
  process.env.MINIFLARE_WORKERD_PATH = launcher;
  process.env.MINIFLARE_WORKERD_V8_FLAGS = workerdV8Flags;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

/** Reports how something ended. */
function reportEnd(work: Promise<void>, success: () => ChildReport | Promise<ChildReport>): void {
  work.then(success)
    .catch((error): ChildReport => ({ failed: error instanceof Error ? error.message : String(error) }))
    .then((report) => process.stdout.write(`${JSON.stringify(report)}\n`));
}
