/**
 * The process that runs miniflare, which runs workerd. It reads its settings from the first line of stdin and reports
 * on stdout. It ends when stdin ends, so also when its parent is killed.
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

/** The longest wait for an orderly end, in milliseconds. Then workerd is killed. A stop takes about 50 ms. */
const stopDeadlineMs = 3_000;

/**
 * V8's flags in workerd. With two cores V8 has one background thread. That thread may compile and wait for memory
 * while garbage is swept in the background too. Workerd's main thread then waits for the sweeper in an endless loop,
 * and the server no longer answers. Uploads of 16 MB caused this. Garbage collection on the main thread needs no
 * other thread.
 */
const workerdV8Flags = "--single-threaded-gc";

/** The worker answers requests to this URL when everything that it acknowledged is stored. */
const drainUrl = "http://drain.invalid/";

/** The key for filling the table of tokens. Only this process has it. */
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
// Miniflare's exit hook kills workerd if it still runs.
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
        // The worker's name is a prefix of the stored rooms' names. An empty name keeps existing ones valid.
        name: "",
        modules: [{ type: "ESModule", path: scriptPath }],
        // The default is the working directory, and workerd refuses paths outside of it.
        modulesRoot: dirname(scriptPath),
      },
      await admissionWorker(admissionKey, options.compatibilityDate),
    ],
    host: "127.0.0.1",
    port,
    // By default, it fetches the properties of a request from the network.
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
 * Locks the folder of the state until this process ends, and makes it accessible only to its owner. Waits for a
 * server that still holds the lock because its parent was killed and it has not noticed yet.
 */
async function takeState(folder: string): Promise<void> {
  // The mask also applies to files that workerd writes.
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

/**
 * Makes miniflare start workerd through a shell script that writes its pid to a file. Miniflare does not expose the
 * pid, and the parent may have to kill workerd.
 */
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

/** Reports the success or the failure of some work to the parent. */
function reportEnd(work: Promise<void>, success: () => ChildReport | Promise<ChildReport>): void {
  work.then(success)
    .catch((error): ChildReport => ({ failed: error instanceof Error ? error.message : String(error) }))
    .then((report) => process.stdout.write(`${JSON.stringify(report)}\n`));
}
