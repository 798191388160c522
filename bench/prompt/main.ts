/**
 * Prints how much of each request of a long session a provider's prompt cache can answer for.
 *
 * @module
 */

import { optionTable } from "../../src/options/option_table.ts";
import { overallShare, type PrefixShare, prefixShares } from "./prefix_share.ts";
import { session } from "./session.ts";

const CELLS = 100;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);
const row = ({ executionCount, characters, shared }: PrefixShare) =>
  `${String(executionCount).padStart(4)} ${String(characters).padStart(11)} ${percent(shared / characters)}\n`;

function setting(name: "maxHistoryLength"): number {
  const { fallback } = optionTable[name];
  if (fallback.kind !== "value") throw new Error(`the option ${name} has no default`);
  return fallback.value;
}

const maxHistoryLength = setting("maxHistoryLength");
const startedAt = performance.now();
const shares = prefixShares(session(CELLS), { maxHistoryLength, includeOutputs: true });
const ms = (performance.now() - startedAt) / CELLS;
const later = shares.slice(1).map(({ shared, characters }) => shared / characters);
write("cell  characters   shared\n");
for (const share of shares) write(row(share));
write(`\n${CELLS} cells, ${shares.reduce((sum, { characters }) => sum + characters, 0)} characters sent\n`);
write(`shared with the request before: ${percent(overallShare(shares)).trim()} of all after the first; `);
write(`the least of one request ${percent(Math.min(...later)).trim()}\n`);
write(`${ms.toFixed(2)} ms to build a conversation\n`);
