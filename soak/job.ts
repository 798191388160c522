/**
 * The cells of a soak, whose code names the text to print, and the model's answers to them.
 *
 * @module
 */

import type { Script } from "../test/support/scripted_model_server.ts";
import {
  answer,
  call,
  callInPieces,
  cut,
  delay,
  error,
  raw,
  stdout,
  type Step,
  text,
} from "../test/support/scripted_answer.ts";

/**
 * The faults between the agent and the model, of which a job has one. `none` and `python error` do not count as
 * faults.
 */
export const modelFaults = [
  "none",
  "python error",
  "429",
  "429 for long",
  "500",
  "hang-up",
  "stall before",
  "stall in the middle",
  "cut",
  "garbage",
  "html",
  "endless",
  "unknown tool",
  "invalid arguments",
  "prose",
] as const;

export type ModelFault = typeof modelFaults[number];

export interface Job {
  /** A number, different for every edit of every cell. */
  id: number;
  lines: number;
  /** The time for each line, in milliseconds. */
  pace: number;
  /** The fault of the job's first model request. */
  fault: ModelFault;
}

export function jobCode({ id, lines, pace, fault }: Job): string {
  return `job(id=${id}, lines=${lines}, pace=${pace}, fault="${fault}")`;
}

/** Reads a job from a cell's code; `undefined` if the code does not contain a job. */
export function readJob(code: string): Job | undefined {
  const found = /job\(id=(\d+), lines=(\d+), pace=(\d+), fault="([^"]*)"\)/.exec(code);
  if (found === null) return undefined;
  const [, id, lines, pace, fault] = found;
  return { id: Number(id), lines: Number(lines), pace: Number(pace), fault: fault as ModelFault };
}

/** Returns the text that a job prints without a fault. */
export function expectedText({ id, lines }: Job): string {
  return Array.from({ length: lines }, (_, index) => `job ${id} line ${index}\n`).join("");
}

/** Longer than the agents of a soak wait for their model, in milliseconds. */
const STALL_MS = 20_000;

/** How many characters a cell of a soak may show. */
export const MAX_OUTPUT = 20_000;

/** @param isFirst whether this is the first request for the job: only then does the fault happen */
export function replyTo(job: Job, isFirst: boolean): Script {
  const print = pacedPrint(job);
  const half = print.slice(0, Math.ceil(print.length / 2));
  switch (isFirst ? job.fault : job.fault === "python error" ? "python error" : "none") {
    case "none":
      return answer(print);
    case "python error":
      return answer(print, error("ValueError", `job ${job.id}`));
    case "429":
      return { status: 429, headers: { "retry-after-ms": "300" }, body: { error: { message: "Slow down." } } };
    case "429 for long":
      return { status: 429, headers: { "retry-after": "3600" }, body: { error: { message: "Come back later." } } };
    case "hang-up":
      return cut();
    case "500":
      return { status: 500, body: { error: { message: "Out of order." } } };
    case "stall before":
      return [...delay(STALL_MS), ...answer(print)];
    case "stall in the middle":
      return [...half, ...delay(STALL_MS)];
    case "cut":
      return [...half, ...cut()];
    case "garbage":
      return raw("data: {not json\n\n");
    case "html":
      return { status: 200, headers: { "content-type": "text/html" }, body: "<html>Gateway</html>" };
    case "endless":
      return answer(call("stdout", { text: expectedText(job) }), stdout("x".repeat(2 * MAX_OUTPUT)));
    case "unknown tool":
      return answer(call("print", { text: "x" }));
    case "invalid arguments":
      return answer(call("stdout", { text: { lines: 1 } }));
    case "prose":
      return answer(text("I am a language model."));
  }
}

function pacedPrint({ id, lines, pace }: Job): Step[] {
  const pieces = Array.from({ length: lines }, (_, index) => JSON.stringify(`job ${id} line ${index}\n`).slice(1, -1));
  const [begin, ...steps] = callInPieces("stdout", ['{"text":"', ...pieces, '"}']);
  return [begin, ...steps.flatMap((step): Step[] => [...delay(pace), step])];
}
