/**
 * Finds turns of phrase in texts.
 *
 * @module
 */

import type { ProseItem } from "./prose_item.ts";
import type { Turn } from "./turn.ts";
import { turns } from "./turns.ts";

export interface Finding {
  /** From 1. */
  line: number;
  words: string;
  turn: Turn;
}

const compiled = new Map(turns.map((turn) => [turn, compile(turn)]));

export function compile({ pattern }: Turn): RegExp {
  return new RegExp(pattern.replaceAll(" ", String.raw`\s+`), "giu");
}

/** Returns the turns in the order of the lines. */
export function findTurns(items: readonly ProseItem[]): Finding[] {
  const findings = items.flatMap((item) => turns.flatMap((turn) => findTurn(item, turn)));
  return findings.sort((one, other) => one.line - other.line);
}

function findTurn({ kind, line, text }: ProseItem, turn: Turn): Finding[] {
  const isMeant = turn.kinds === undefined ? kind !== "name" : turn.kinds.includes(kind);
  if (!isMeant) return [];
  return [...text.matchAll(compiled.get(turn)!)].map((match) => {
    const [words] = match;
    const before = text.slice(0, match.index + words.search(/\S|$/));
    return { line: line + before.split("\n").length - 1, words: words.replace(/\s+/g, " ").trim(), turn };
  });
}
