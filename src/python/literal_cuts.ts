/**
 * Finds the parts of large literals and comments that can be left out.
 *
 * @module
 */

import { childrenOf, type PythonNode, type PythonTree } from "./python_tree.ts";
import { readableNumber } from "./value_description.ts";

/** A part of a text, and the marker that replaces it. */
export interface Cut {
  from: number;
  to: number;
  marker: string;
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  "ArrayExpression",
  "TupleExpression",
  "SetExpression",
  "DictionaryExpression",
]);

const STRINGS: ReadonlySet<string> = new Set(["String", "FormatString"]);

/** The smallest and the largest number of items that a collection's limit is divided among. `SHARE` leaves some room for keys. */
const FEWEST_SHARES = 2;
const MOST_SHARES = 4;
const SHARE = 0.8;

/** The smallest share, in characters. With less, an item is not shortened but left out. */
const MIN_SHARE = 10;

/**
 * Finds the middles of literals and comment blocks that are longer than the limit. A literal inside a literal gets a share of its
 * limit. Literals with syntax errors are not cut. Takes time linear in the length of the code.
 *
 * @param limit the length that a literal or a comment block may keep, in characters
 * @returns the parts to cut out, in order
 */
export function literalCuts(tree: PythonTree, code: string, limit: number): Cut[] {
  return new LiteralCutter(tree, code).cutsOf(tree.topNode, limit);
}

class LiteralCutter {
  readonly #code: string;
  /** The offsets of syntax errors. */
  readonly #errors: number[] = [];

  constructor(tree: PythonTree, code: string) {
    this.#code = code;
    tree.iterate({
      enter: ({ type, from }) => {
        if (type.isError) this.#errors.push(from);
      },
    });
  }

  cutsOf(root: PythonNode, limit: number): Cut[] {
    const cuts: Cut[] = [];
    const comments: Piece[] = [];
    root.cursor().iterate((ref) => {
      if (ref.name === "Comment") comments.push({ from: ref.from, to: ref.to });
      const isLiteral = COLLECTIONS.has(ref.name) || STRINGS.has(ref.name) || ref.name === "ContinuedString";
      if (!isLiteral && ref.name !== "AssignStatement") return true;
      if (ref.to - ref.from <= limit || this.#hasErrors(ref)) return true;
      const found = isLiteral ? this.#literalCuts(ref.node, limit) : this.#tupleCuts(ref.node, limit);
      if (found === undefined) return true;
      cuts.push(...found);
      return false;
    });
    return [...cuts, ...this.#commentCuts(comments, limit)].sort((a, b) => a.from - b.from);
  }

  #literalCuts(node: PythonNode, limit: number): Cut[] {
    if (STRINGS.has(node.name)) return this.#stringCut(node, limit);
    if (node.name === "ContinuedString") return this.#itemCuts(childrenOf(node).map((each) => [each]), limit);
    return this.#itemCuts(itemsOf(childrenOf(node).slice(1, -1)), limit);
  }

  /** Finds the cuts in an assigned tuple without parentheses. Returns `undefined` if the value is not such a tuple. */
  #tupleCuts(node: PythonNode, limit: number): Cut[] | undefined {
    const children = childrenOf(node);
    const values = children.slice(children.findLastIndex(({ name }) => name === "AssignOp") + 1);
    if (values.length < 2 || values.at(-1)!.to - values[0].from <= limit) return undefined;
    return this.#itemCuts(itemsOf(values), limit);
  }

  /** Keeps as many of the first and of the last items as fit into half the limit each. */
  #itemCuts(items: readonly PythonNode[][], limit: number): Cut[] {
    const shares = Math.min(Math.max(items.length, FEWEST_SHARES), MOST_SHARES);
    const share = Math.floor((limit * SHARE) / shares);
    const known = new Map<number, Cut[]>();
    const cutsOf = (index: number): Cut[] => {
      const cuts = known.get(index) ??
        (share < MIN_SHARE ? [] : items[index].flatMap((node) => this.cutsOf(node, share)));
      known.set(index, cuts);
      return cuts;
    };
    /** Takes items until one does not fit. */
    const take = (from: number, end: number, step: 1 | -1): { next: number; cuts: Cut[] } => {
      const cuts: Cut[] = [];
      let kept = 0;
      let next = from;
      for (; next !== end; next += step) {
        const [first, last] = [items[step === 1 ? from : next], items[step === 1 ? next : from]];
        const inner = cutsOf(next);
        cuts.push(...inner);
        kept -= lengthOf(inner);
        if (last.at(-1)!.to - first[0].from + kept <= limit / 2) continue;
        cuts.length -= inner.length;
        break;
      }
      return { next, cuts };
    };
    const head = take(0, items.length, 1);
    const tail = take(items.length - 1, head.next - 1, -1);
    const omitted = items.slice(head.next, tail.next + 1);
    const cuts = [...head.cuts, ...tail.cuts];
    if (omitted.length === 0) return cuts;
    const [from, to] = [omitted[0][0].from, omitted.at(-1)!.at(-1)!.to];
    const count = omitted.length === 1 ? "1 item" : `${readableNumber(omitted.length)} items`;
    return [...cuts, { from, to, marker: `[... ${count}, ${leftOut(to - from)} ...]` }];
  }

  #stringCut({ from, to, node }: PythonNode, limit: number): Cut[] {
    const [opening] = /^[a-zA-Z]*(?:"""|'''|"|')?/.exec(this.#code.slice(from, from + 6))!;
    const quotes = opening.replace(/^[a-zA-Z]*/, "").length;
    const content = { from: from + opening.length, to: to - quotes };
    const kept = Math.floor(limit / 2);
    let [start, end] = [this.#boundary(content.from + kept), this.#boundary(content.to - kept)];
    for (const replacement of node.getChildren("FormatReplacement")) {
      if (replacement.from < start && replacement.to > start) start = replacement.from;
      if (replacement.from < end && replacement.to > end) end = replacement.to;
    }
    return end <= start ? [] : [{ from: start, to: end, marker: `[... ${leftOut(end - start)} ...]` }];
  }

  /**
   * Returns the nearest index at or before the given one that does not split an escape sequence of two characters or a surrogate
   * pair.
   */
  #boundary(index: number): number {
    let backslashes = 0;
    while (this.#code[index - 1 - backslashes] === "\\" && backslashes < index) backslashes += 1;
    const unit = this.#code.charCodeAt(index);
    return backslashes % 2 === 1 || (unit >= 0xdc00 && unit <= 0xdfff) ? index - 1 : index;
  }

  /** Cuts comment blocks. Whole lines are cut if a block has several. */
  #commentCuts(comments: readonly Piece[], limit: number): Cut[] {
    const blocks: Piece[][] = [];
    for (const comment of comments) {
      const last = blocks.at(-1);
      const isNext = last !== undefined && /^\s*$/.test(this.#code.slice(last.at(-1)!.to, comment.from));
      if (isNext) last.push(comment);
      else blocks.push([comment]);
    }
    return blocks.flatMap((block) => {
      const [from, to] = [block[0].from, block.at(-1)!.to];
      if (to - from <= limit) return [];
      const head = fitting(block, limit / 2);
      const tail = fitting([...block.slice(head)].reverse(), limit / 2);
      const omitted = block.slice(head, block.length - tail);
      if (omitted.length === 0) return [];
      if (omitted.length === 1) return this.#commentCut(omitted[0], limit / 2);
      const cut = { from: omitted[0].from, to: omitted.at(-1)!.to };
      return [{ ...cut, marker: `# [... ${readableNumber(omitted.length)} lines, ${leftOut(cut.to - cut.from)} ...]` }];
    });
  }

  #commentCut({ from, to }: Piece, limit: number): Cut[] {
    const kept = Math.floor(limit / 2);
    const [start, end] = [this.#boundary(from + 1 + kept), this.#boundary(to - kept)];
    return end <= start ? [] : [{ from: start, to: end, marker: `[... ${leftOut(end - start)} ...]` }];
  }

  #hasErrors({ from, to }: Piece): boolean {
    let [low, high] = [0, this.#errors.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#errors[middle] < from) low = middle + 1;
      else high = middle;
    }
    return low < this.#errors.length && this.#errors[low] <= to;
  }
}

interface Piece {
  from: number;
  to: number;
}

/** Splits nodes at commas and removes comments. */
function itemsOf(nodes: readonly PythonNode[]): PythonNode[][] {
  const items: PythonNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") items.push([]);
    else if (node.name !== "Comment") items.at(-1)!.push(node);
  }
  return items.filter((item) => item.length > 0);
}

/** Counts the first pieces that are together no longer than the limit. */
function fitting(pieces: readonly Piece[], limit: number): number {
  let length = 0;
  const end = pieces.findIndex(({ from, to }) => (length += to - from) > limit);
  return end === -1 ? pieces.length : end;
}

function lengthOf(cuts: readonly Cut[]): number {
  return cuts.reduce((sum, { from, to }) => sum + to - from, 0);
}

function leftOut(characters: number): string {
  return `${readableNumber(characters)} character${characters === 1 ? "" : "s"} left out`;
}
