/**
 * A process of the bench that answers questions. Each question and each answer is a line of JSON.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../../stack/offline_model/lines.ts";

/** The process ends when its stdin ends. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  ask<Answer>(question: unknown): Promise<Answer>;
}

export interface ChildOptions {
  /** The script's path, relative to this file. */
  script: string;
  /** Variables in addition to the inherited ones. */
  environment?: Record<string, string>;
  flags?: readonly string[];
  /** Whether the caller reads `stderr`. Default: it is inherited. */
  readsStderr?: boolean;
}

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
      if (value === undefined) throw new Error(`${script} ended too early`);
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
