/**
 * Adds up the rounds of a soak, and keeps the data for examining a failed round.
 *
 * @module
 */

import type { RoundReport } from "./round.ts";

/** The sum of all rounds. */
export class SoakTotal {
  #rounds = 0;
  #requests = 0;
  #lost = 0;
  #doubled = 0;
  #stuck = 0;
  #died = 0;
  readonly #faults: Record<string, number> = {};

  /** Whether every promise was kept. */
  get isClean(): boolean {
    return this.#lost + this.#doubled + this.#stuck + this.#died === 0;
  }

  /** @returns lines about a failure: how to repeat it, and where its logs are */
  async add(seed: number, { verdict, died, faults, steps, log, agentLog }: RoundReport): Promise<string[]> {
    const { requests, lost, doubled, stuck } = verdict;
    this.#rounds += 1;
    this.#requests += requests;
    this.#lost += lost.length;
    this.#doubled += doubled.length;
    this.#stuck += stuck.length;
    this.#died += died.length;
    for (const [name, count] of Object.entries(faults)) this.#faults[name] = (this.#faults[name] ?? 0) + count;
    const problems = [
      ...lost.map((problem) => `lost: ${problem}`),
      ...doubled.map((problem) => `doubled: ${problem}`),
      ...stuck.map((problem) => `stuck: ${problem}`),
      ...died.map((problem) => `died: ${problem}`),
    ];
    if (problems.length === 0) return [];
    const folder = await Deno.makeTempDir({ prefix: `soak-failure-${seed}-` });
    await Deno.writeTextFile(`${folder}/steps.txt`, steps.join("\n"));
    await Deno.writeTextFile(`${folder}/events.jsonl`, log.map((event) => JSON.stringify(event)).join("\n"));
    await Deno.writeTextFile(`${folder}/agents.log`, agentLog.join("\n"));
    return [...problems, `again: deno task soak --rounds 1 --seed ${seed}; its logs: ${folder}`];
  }

  /** Returns the summary in one line. */
  line(): string {
    const kinds = Object.entries(this.#faults).sort().map(([name, count]) => `${name} ${count}`).join(", ");
    const sum = Object.values(this.#faults).reduce((total, count) => total + count, 0);
    return `${this.#requests} requests in ${this.#rounds} rounds, ${sum} faults (${kinds}): ` +
      `${this.#lost} lost, ${this.#doubled} doubled, ${this.#stuck} stuck, ${this.#died} agents died`;
  }
}
