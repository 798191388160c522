/**
 * A process of the bench that answers questions; each question and each answer is a line of JSON.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../../stack/offline_model/lines.ts";

/** A process of the bench. The end of its stdin asks it to end. */
export interface Child extends AsyncDisposable {
  /** Its pid. */
  readonly pid: number;
  /** Its stderr. */
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Sends it a question, and resolves with its answer. */
  ask<Answer>(question: unknown): Promise<Answer>;
}

/** The options for starting a process. */
export interface ChildOptions {
  /** The script, beside this file. */
  script: string;
  /** Its environment variables, in addition to the inherited ones. */
  environment?: Record<string, string>;
  /** Flags for Deno. */
  flags?: readonly string[];
  /** Whether the caller reads its stderr. */
  readsStderr?: boolean;
}

/** Starts a process. */
export function startChild({ script, environment, flags = [], readsStderr = false }: ChildOptions): Child {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", ...flags, fileURLToPath(new URL(script, import.meta.url))],
    env: environment,
    // Ctrl-C in the terminal then reaches only the parent. The child ends because its stdin ends.
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
      if (value === undefined) throw new Error(`${script} has ended too early`);
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
 * Answers the parent's questions until stdin ends.
 *
 * @param answer returns the answer to a question
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
