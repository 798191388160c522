/**
 * A process of the bench that is spoken to in JSON, a line each way.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../../stack/offline_model/lines.ts";

/** A process of the bench. It is asked to leave by the end of its stdin. */
export interface Child extends AsyncDisposable {
  /** Its pid. */
  readonly pid: number;
  /** What it writes to stderr, as it comes. */
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Says something to it, and resolves with what it answers. */
  ask<Answer>(question: unknown): Promise<Answer>;
}

/** How a process is started. */
export interface ChildOptions {
  /** The script, beside this file. */
  script: string;
  /** Its environment, besides what it inherits. */
  environment?: Record<string, string>;
  /** Flags of Deno's. */
  flags?: readonly string[];
  /** Whether somebody reads its stderr. */
  readsStderr?: boolean;
}

/** Starts a process. */
export function startChild({ script, environment, flags = [], readsStderr = false }: ChildOptions): Child {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", ...flags, fileURLToPath(new URL(script, import.meta.url))],
    env: environment,
    // A Ctrl-C in the terminal then reaches the parent alone; the child leaves because its stdin ends.
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: readsStderr ? "piped" : "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const answers = eachLine(child.stdout);
  return {
    pid: child.pid,
    get stderr() {
      return child.stderr;
    },
    ask: async (question) => {
      await input.write(new TextEncoder().encode(`${JSON.stringify(question)}\n`));
      const { value } = await answers.next();
      if (value === undefined) throw new Error(`${script} has ended before its time`);
      return JSON.parse(value);
    },
    [Symbol.asyncDispose]: async () => {
      await input.close().catch(() => {});
      await child.status;
      await answers.return();
    },
  };
}

/**
 * Answers the parent's questions until there are no more.
 *
 * @param answer makes the answer to a question
 */
export async function answerParent(answer: (question: never) => unknown): Promise<void> {
  for await (const line of eachLine(Deno.stdin.readable)) {
    const text = JSON.stringify(await answer(JSON.parse(line) as never) ?? null);
    Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
  }
}

async function* eachLine(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  for await (const lines of lineBatches(bytes)) yield* lines;
}
