/**
 * Computes the share of each model request that is a common prefix with the previous request. A provider's prompt
 * cache can reuse this part.
 *
 * @module
 */

import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { buildRequests, type SessionOptions, type SessionRequest } from "./session_requests.ts";

export interface PrefixShare {
  executionCount: number;
  /** The request's length in characters: tools and messages as they are sent. */
  characters: number;
  /** The number of characters at its beginning that the previous request begins with too. */
  shared: number;
}

export function prefixShares(cells: readonly HistoryEntry[], options: SessionOptions): PrefixShare[] {
  return sharesOfRequests(buildRequests(cells, options));
}

export function sharesOfRequests(requests: readonly SessionRequest[]): PrefixShare[] {
  const shares = sharesOf(requests.map(({ text }) => text));
  return shares.map((share, index) => ({ ...share, executionCount: requests[index].executionCount }));
}

/** Returns the length of each text and of its common prefix with the text before it. */
export function sharesOf(texts: readonly string[]): Pick<PrefixShare, "characters" | "shared">[] {
  return texts.map((text, index) => ({
    characters: text.length,
    shared: commonPrefix(texts[index - 1] ?? "", text),
  }));
}

/** Returns the share of all requests after the first, from 0 to 1. */
export function overallShare(shares: readonly Pick<PrefixShare, "characters" | "shared">[]): number {
  const later = shares.slice(1);
  const sum = (field: "characters" | "shared") => later.reduce((total, share) => total + share[field], 0);
  return sum("shared") / sum("characters");
}

/**
 * Returns the repeated share of the characters that a request could repeat from the one before it, from 0 to 1: less
 * than 1 if beginnings have changed.
 */
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
