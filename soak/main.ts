/**
 * `deno task soak`: sends random requests and causes all faults with real processes, until the time is over.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { playRound } from "./round.ts";
import { SoakTotal } from "./total.ts";

const usage = `Usage: deno task soak [--minutes N] [--seed S] [--rounds N]

Makes people, agents, a sync server, a network and a model misbehave, and
checks in the event log that every execution request ends exactly once, in
order, with all its outputs, none twice. Prints one line; exits with 1 when a
request was lost, doubled or stuck, or an agent ended by itself.

  --minutes N  how long (default: 2)
  --seed S     what happens when: round K of a run has the seed S + K (default: 1)
  --rounds N   as many rounds instead of minutes
  --help       show this
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

function readFlags() {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "2" },
      seed: { type: "string", default: "1" },
      rounds: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    help: values.help,
    minutes: number("minutes", values.minutes),
    seed: number("seed", values.seed),
    rounds: number("rounds", values.rounds),
  };
}

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new Error(`--${flag} must be a number, not ${JSON.stringify(text)}`);
  return value;
}

/** Returns the exit code. */
async function main(): Promise<number> {
  let flags: ReturnType<typeof readFlags>;
  try {
    flags = readFlags();
  } catch (error) {
    Deno.stderr.writeSync(new TextEncoder().encode(`soak: ${(error as Error).message}\nSee deno task soak --help.\n`));
    return 2;
  }
  if (flags.help) {
    write(usage);
    return 0;
  }
  const stopping = new AbortController();
  Deno.addSignalListener("SIGINT", () => stopping.signal.aborted ? Deno.exit(130) : stopping.abort());
  const total = new SoakTotal();
  const end = performance.now() + flags.minutes * 60_000;
  const isOver = (round: number) => flags.rounds > 0 ? round >= flags.rounds : performance.now() >= end;
  for (let round = 0; !isOver(round) && !stopping.signal.aborted; round++) {
    const dataDir = await Deno.makeTempDir({ prefix: "soak-" });
    try {
      const seed = flags.seed + round;
      const report = await playRound({ seed, dataDir, signal: stopping.signal });
      for (const line of await total.add(seed, report)) write(`${line}\n`);
    } finally {
      await Deno.remove(dataDir, { recursive: true });
    }
  }
  write(`${total.line()}\n`);
  return total.isClean ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
