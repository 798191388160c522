/**
 * How much of each model request is a prefix that the request before also had: what a provider's prompt cache can answer for.
 *
 * @module
 */

import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { buildRequests, type SessionOptions, type SessionRequest } from "./session_requests.ts";

/** One request of a session. */
export interface PrefixShare {
  /** The cell that it is for. */
  executionCount: number;
  /** How long it is, in characters: tools and messages as they are sent. */
  characters: number;
  /** How many of them the request before began with as well. */
  shared: number;
}

/** The shares of a session's requests. */
export function prefixShares(cells: readonly HistoryEntry[], options: SessionOptions): PrefixShare[] {
  return sharesOfRequests(buildRequests(cells, options));
}

/** The shares of requests, in the order in which they are sent. */
export function sharesOfRequests(requests: readonly SessionRequest[]): PrefixShare[] {
  const shares = sharesOf(requests.map(({ text }) => text));
  return shares.map((share, index) => ({ ...share, executionCount: requests[index].executionCount }));
}

/** How much each text begins as the one before it did. */
export function sharesOf(texts: readonly string[]): Pick<PrefixShare, "characters" | "shared">[] {
  return texts.map((text, index) => ({
    characters: text.length,
    shared: commonPrefix(texts[index - 1] ?? "", text),
  }));
}

/** The share of all requests after the first, from 0 to 1. */
export function overallShare(shares: readonly Pick<PrefixShare, "characters" | "shared">[]): number {
  const later = shares.slice(1);
  const sum = (field: "characters" | "shared") => later.reduce((total, share) => total + share[field], 0);
  return sum("shared") / sum("characters");
}

/** The share of what requests could repeat, each of the one before it: less than 1 where beginnings have changed. */
export function repeatedShare(shares: readonly Pick<PrefixShare, "characters" | "shared">[]): number {
  let shared = 0;
  let before = 0;
  for (const [index, share] of shares.slice(1).entries()) {
    shared += share.shared;
    before += Math.min(share.characters, shares[index].characters);
  }
  return shared / before;
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
