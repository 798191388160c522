/**
 * The changes between texts, and texts merged.
 *
 * @module
 */

import { diff } from "@codemirror/merge";
import { ChangeSet, Text } from "@codemirror/state";

/** Beyond this many differing characters the smallest change is not looked for, lest a paste stops the page. */
const SCAN_LIMIT = 2_000;

/** The smallest change that makes one text of another; a character is changed as a whole. */
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
 * Merges two texts that were made from the same one. What either has inserted stays, what either has deleted goes, and it is the
 * same whichever comes first: insertions at one place stand in the order of the two texts, in which a line break comes behind all else:
 * what is written at the end of a line stays in front of lines that are added behind it.
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

/** Writes characters of two code units as one, the same for the same, because the halves of different ones can be equal. */
function singleUnits(): (text: string) => string {
  const units = new Map<string, string>();
  const unitOf = (pair: string) => {
    units.set(pair, units.get(pair) ?? String.fromCharCode(0xd800 + units.size % 0x800));
    return units.get(pair)!;
  };
  return (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, unitOf);
}

/** Where each character of a text begins, in code units, and where the text ends. */
function startsOf(text: string): number[] {
  const starts = [0];
  for (const character of text) starts.push(starts.at(-1)! + character.length);
  return starts;
}
