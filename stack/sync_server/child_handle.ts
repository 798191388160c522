/**
 * Controls the server's child process: spawns it, waits until it is ready, and ensures that it and workerd end.
 *
 * @module
 */

import { connect } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type ChildReport, type ChildRequest, type ChildSettings, pidFile } from "./child_protocol.ts";
import type { SyncUser } from "./worker/users.ts";

export interface ChildHandle {
  readonly pid: number;
  /** Resolves when the server listens. Rejects if it does not start. */
  readonly ready: Promise<{ port: number; workerdPid: number }>;
  /** Resolves when the child and workerd have ended. */
  readonly ended: Promise<void>;
  /** Admits these users by their tokens and no others. Await each call before the next. */
  admit(users: Record<string, SyncUser>): Promise<void>;
  /** Asks the child to stop, and waits for its end. */
  stop(): Promise<void>;
  /** Sends SIGKILL to the child and to workerd. Resolves when the port is closed. */
  kill(): Promise<void>;
}

/** Characters of the child's stderr that are kept for the message of a failed start. */
const stderrTail = 2_000;

export interface ChildOptions {
  port: number;
  /** The folder of the server's state. Default: a temporary folder. */
  dataDir?: string;
  users: Record<string, SyncUser>;
  /** The path of the worker's bundle. Default: it is built from its source. */
  bundle?: string;
}

export async function spawnChild({ port, dataDir, users, bundle }: ChildOptions): Promise<ChildHandle> {
  const workFolder = await Deno.makeTempDir({ prefix: "sync_server-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--quiet",
      "--no-check",
      "--config",
      fileURLToPath(new URL("../../deno.json", import.meta.url)),
      fileURLToPath(new URL("./child.ts", import.meta.url)),
    ],
    // Miniflare writes its temporary files to this folder, which is always removed.
    env: { TMPDIR: workFolder },
    // Ctrl-C in the terminal then reaches only the parent, and the child stops in an orderly way when its stdin ends.
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  const input = child.stdin.getWriter();
  const settings: ChildSettings = { port, dataFolder: dataDir ?? join(workFolder, "data"), workFolder, users, bundle };
  // The end of its stdout reports that a child has died.
  const say = (message: ChildSettings | ChildRequest) =>
    input.write(new TextEncoder().encode(`${JSON.stringify(message)}\n`)).catch(() => {});
  say(settings);
  const closeInput = () => input.close().catch(() => {});

  const complaints = tail(child.stderr);
  let openPort: number | undefined;
  const reports = readReports(child.stdout);
  const nextReport = async (): Promise<ChildReport> => {
    const { value } = await reports.next();
    return value ?? { failed: `its process has ended: ${await complaints}` };
  };
  const ready = nextReport().then(async (report) => {
    if (!("ready" in report)) throw new Error(`The sync server did not start: ${explain(report)}`);
    openPort = report.ready.port;
    return { port: openPort, workerdPid: await workerdPid(workFolder) ?? NaN };
  });
  ready.catch(() => {});

  const ended = child.status.then(async () => {
    // A child that stopped in an orderly way has ended workerd and removed this file.
    const left = await workerdPid(workFolder);
    if (left !== undefined) await killWorkerd(left, openPort);
    await closeInput();
    await complaints;
    await reports.return(undefined);
    await Deno.remove(workFolder, { recursive: true }).catch(() => {});
  });

  return {
    pid: child.pid,
    ready,
    ended,
    admit: async (users) => {
      say({ admit: users });
      const report = await nextReport();
      if (!("admitted" in report)) throw new Error(`The sync server did not admit the users: ${explain(report)}`);
    },
    stop: async () => {
      await closeInput();
      await ended;
    },
    kill: async () => {
      killHard(child.pid);
      await ended;
    },
  };
}

async function* readReports(stdout: ReadableStream<Uint8Array>): AsyncGenerator<ChildReport, undefined> {
  let text = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const lines = (text + chunk).split("\n");
    text = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
}

function explain(report: ChildReport): string {
  return "failed" in report ? report.failed : `it reported ${JSON.stringify(report)}`;
}

async function tail(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stderr.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    text = (text + chunk).slice(-stderrTail);
  }
  return text.trim();
}

async function workerdPid(workFolder: string): Promise<number | undefined> {
  const text = await Deno.readTextFile(join(workFolder, pidFile)).catch(() => "");
  const pid = Number.parseInt(text);
  return Number.isNaN(pid) ? undefined : pid;
}

function killHard(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The child has already ended.
  }
}

/**
 * Kills workerd and waits until its port is closed. Workerd is not our child, and its pid may remain as that of a
 * zombie process.
 */
async function killWorkerd(pid: number, port: number | undefined): Promise<void> {
  killHard(pid);
  while (port !== undefined && isRunning(pid) && await connects(port)) {
    // Each attempt yields to the event loop and to the kernel. The sockets of a killed process close within
    // milliseconds.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      socket.once("close", () => resolve(true));
    });
    socket.once("error", () => resolve(false));
  });
}
