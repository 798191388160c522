/**
 * Computes changes between texts, and merges texts.
 *
 * @module
 */

import { diff } from "@codemirror/merge";
import { ChangeSet, Text } from "@codemirror/state";

/** The number of differing characters above which the change need not be minimal. A large paste would block the page otherwise. */
const SCAN_LIMIT = 2_000;

/** Returns the smallest change that turns one text into another. A character is changed as a whole. */
export function changesBetween(before: string, after: string): ChangeSet {
  const single = singleUnits();
  const [from, to] = [startsOf(before), startsOf(after)];
  const changes = diff(single(before), single(after), { scanLimit: SCAN_LIMIT }).map(({ fromA, toA, fromB, toB }) => ({
    from: from[fromA],
    to: from[toA],
    insert: toText(after.slice(to[fromB], to[toB])),
  }));
  return ChangeSet.of(changes, before.length);
}

/**
 * Merges two edits of the same text. Insertions of both are kept, deletions of both are applied, and the result does not depend
 * on which edit was stored first. Insertions at one place are ordered by their texts, with line breaks last, so that text typed
 * at the end of a line stays in front of lines added after it.
 */
export function mergeTexts(base: string, one: string, other: string): string {
  if (one === other || other === base) return one;
  if (one === base) return other;
  const [first, second] = [one, other].sort(inOrder).map((text) => changesBetween(base, text));
  return first.compose(second.map(first)).apply(toText(base)).toString();
}

function inOrder(one: string, other: string): number {
  const [first, second] = [one, other].map((text) => text.replaceAll("\n", "\uffff"));
  return first < second ? -1 : first > second ? 1 : one < other ? -1 : 1;
}

function toText(text: string): Text {
  return Text.of(text.split("\n"));
}

/**
 * Maps characters of two UTF-16 code units to single ones, equal ones to the same, because halves of different characters can be
 * equal.
 */
function singleUnits(): (text: string) => string {
  const units = new Map<string, string>();
  const unitOf = (pair: string) => {
    units.set(pair, units.get(pair) ?? String.fromCharCode(0xd800 + units.size % 0x800));
    return units.get(pair)!;
  };
  return (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, unitOf);
}

/** Returns where each character of a text begins, in code units, and where the text ends. */
function startsOf(text: string): number[] {
  const starts = [0];
  for (const character of text) starts.push(starts.at(-1)! + character.length);
  return starts;
}
