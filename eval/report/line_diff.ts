/**
 * Which lines of two texts differ.
 *
 * @module
 */

/** A line of each text beside the other; a line keeps its newline. One side is absent where the other has a line more. */
export interface DiffRow {
  /** The line that was expected. */
  expected?: string;
  /** The line that is there; equal to `expected` where nothing differs. */
  actual?: string;
}

/** Beyond this many pairs of lines the two are not searched for what they share, but paired from the top: 4 MB of table. */
const MOST_PAIRS = 1_000_000;

/** Sets two texts beside each other so that as many lines as possible stand beside their equals. */
export function diffLines(expected: string, actual: string): DiffRow[] {
  const left = linesOf(expected);
  const right = linesOf(actual);
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shorter - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
  const inner = (lines: readonly string[]) => lines.slice(head, lines.length - tail);
  return [
    ...pair(left.slice(0, head), right.slice(0, head)),
    ...middle(inner(left), inner(right)),
    ...pair(left.slice(left.length - tail), right.slice(right.length - tail)),
  ];
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function middle(left: readonly string[], right: readonly string[]): DiffRow[] {
  if (left.length * right.length > MOST_PAIRS) return pair(left, right);
  const shared = longestShared(left, right);
  const rows: DiffRow[] = [];
  let [l, r] = [0, 0];
  for (const [nextLeft, nextRight] of [...shared, [left.length, right.length]]) {
    rows.push(...pair(left.slice(l, nextLeft), right.slice(r, nextRight)));
    if (nextLeft < left.length) rows.push({ expected: left[nextLeft], actual: right[nextRight] });
    [l, r] = [nextLeft + 1, nextRight + 1];
  }
  return rows;
}

/** Lines beside each other, from the top. */
function pair(left: readonly string[], right: readonly string[]): DiffRow[] {
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => ({ expected: left[index], actual: right[index] }),
  );
}

/** The indexes of a longest common subsequence. */
function longestShared(left: readonly string[], right: readonly string[]): [number, number][] {
  const width = right.length + 1;
  // lengths[l * width + r]: how many lines left[l..] and right[r..] share.
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let l = left.length - 1; l >= 0; l--) {
    for (let r = right.length - 1; r >= 0; r--) {
      lengths[l * width + r] = left[l] === right[r]
        ? lengths[(l + 1) * width + r + 1] + 1
        : Math.max(lengths[(l + 1) * width + r], lengths[l * width + r + 1]);
    }
  }
  const shared: [number, number][] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length;) {
    if (left[l] === right[r]) shared.push([l++, r++]);
    else if (lengths[(l + 1) * width + r] >= lengths[l * width + r + 1]) l++;
    else r++;
  }
  return shared;
}
