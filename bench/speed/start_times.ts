/**
 * Measures how long programs take to start.
 *
 * @module
 */

import { agentEnvironment } from "../../test/support/agent_environment.ts";
import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { fileURLToPath } from "node:url";
import { Witness } from "./witness.ts";

const deno = (args: readonly string[], env: Record<string, string>, stdout: "null" | "piped") =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", ...args],
    env,
    stdin: "null",
    stdout,
    stderr: "null",
  }).spawn();

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const AIPYTHON = path("../../bin/aipython.ts");

async function wholeRun(...args: string[]): Promise<number> {
  const startedAt = performance.now();
  const { success } = await deno(args, {}, "null").status;
  if (!success) throw new Error(`deno run ${args.join(" ")} failed`);
  return performance.now() - startedAt;
}

/**
 * As an installed command runs. In a checkout, Deno first searches node_modules, which also has the packages of tests
 * and stack.
 */
const INSTALLED = "--node-modules-dir=none";

export const helpMs = () => wholeRun(INSTALLED, AIPYTHON, "--help");

export const emptyProgramMs = () => wholeRun(INSTALLED, path("./empty_program.ts"));

/** Milliseconds from the start of `aipython` until a notebook shows its session as ready. */
export const oursReadyMs = (place: NotebookAddress) => untilReady(place, AIPYTHON);

/** The same for the baseline agent. */
export const baselineReadyMs = (place: NotebookAddress) => untilReady(place, path("./baseline/agent_process.ts"));

async function untilReady(place: NotebookAddress, script: string): Promise<number> {
  await using witness = await Witness.open(place);
  const before = witness.head;
  const startedAt = performance.now();
  const process = deno([script], agentEnvironment(place, { baseUrl: "http://127.0.0.1:1/v1" }), "null");
  try {
    const { at } = await witness.event("v1.RuntimeSessionStatusChanged", before);
    return at - startedAt;
  } finally {
    await end(process);
  }
}

/**
 * Kills a process, which may already have ended. An orderly end would add events to the log that the next one reads.
 */
async function end(process: Deno.ChildProcess): Promise<void> {
  try {
    process.kill("SIGKILL");
  } catch {
    // The process has already ended.
  }
  await process.status;
}

/** Milliseconds from the start of the bare client until it has a notebook's log. */
export async function bareClientMs({ syncUrl, authToken, notebookId }: NotebookAddress): Promise<number> {
  const startedAt = performance.now();
  const process = deno([path("./bare_client.ts"), syncUrl, authToken, notebookId], {}, "piped");
  const reader = process.stdout.getReader();
  const { done } = await reader.read();
  const ms = performance.now() - startedAt;
  await reader.cancel();
  if (done) throw new Error("the bare client ended before it was ready");
  await process.status;
  return ms;
}
