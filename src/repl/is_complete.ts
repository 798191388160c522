/**
 * Decides whether the typed text is a complete cell, as IPython does when Enter is pressed (`TransformerManager.check_complete`).
 *
 * @module
 */

import { cellMagicBody, normalizeCell, StatementTracker } from "../python/cell_source.ts";
import type { PythonNode, PythonTree } from "../python/python_tree.ts";
import { readPython } from "../python/read_python.ts";

/** Whether a cell can be run. If it is incomplete, the indentation of its next line, in columns. */
export type Completeness = { complete: true } | { complete: false; indent: number };

/** The indentation of a block, in columns. */
export const INDENT = 4;

const COMPLETE: Completeness = { complete: true };

/**
 * Treats invalid Python as complete, so that it is run and its `SyntaxError` is shown.
 *
 * A cell is incomplete in an open bracket or long string, after a backslash, a colon, a decorator, or a `try` without its `except`. In an
 * indented block or under a cell magic it is incomplete until a blank line.
 *
 * @param code the text up to the cursor, which is at the end of a line
 */
export function isComplete(code: string): Completeness {
  const cell = normalizeCell(code);
  const typed = cell.split("\n");
  const endsBlank = typed.at(-1)!.trim() === "";
  const isContinued = { complete: false, indent: columnsOf(typed.at(-1) || typed.at(-2) || "") } as const;
  if (cellMagicBody(cell) !== undefined) return endsBlank && typed.length > 1 ? COMPLETE : isContinued;

  const { code: python, tree, lastMagic } = readPython(cell);
  const bare = withoutComments(python, tree);
  const { statement, isOpen, isOnMagic } = findLastStatement(bare, lastMagic);
  if (isOpen && !isOnMagic) return isContinued;
  if (bare.trimEnd().endsWith(":") && !isOnMagic) {
    return { complete: false, indent: columnsOf(statement) + INDENT };
  }
  const { isUnfinished, isInBlock } = followLastStatement(tree, python.trimEnd().length);
  if (isUnfinished) return isContinued;
  return isInBlock && columnsOf(statement) > 0 && !endsBlank ? isContinued : COMPLETE;
}

/** Returns the code with each comment replaced by blanks. */
function withoutComments(code: string, tree: PythonTree): string {
  let text = code;
  tree.iterate({
    enter({ name, from, to }) {
      if (name === "Comment") text = text.slice(0, from) + " ".repeat(to - from) + text.slice(to);
    },
  });
  return text;
}

/** Finds the line on which the last statement begins, and whether the statement is still open. */
function findLastStatement(code: string, lastMagic: number) {
  const tracker = new StatementTracker();
  let statement = "";
  let isOnMagic = false;
  let offset = 0;
  const lines = code.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    if (tracker.beginsStatement && line.trim() !== "") {
      statement = line;
      isOnMagic = offset === lastMagic;
    }
    tracker.pass(line);
    offset += line.length + 1;
  }
  return { statement, isOpen: !tracker.beginsStatement, isOnMagic };
}

/** Walks down to the last statement, and returns whether a required part of it is missing and whether it is in a block. */
function followLastStatement(tree: PythonTree, end: number): { isUnfinished: boolean; isInBlock: boolean } {
  let isUnfinished = false;
  let isInBlock = false;
  for (let node: PythonNode | null = tree.topNode; node !== null; node = lastPart(node)) {
    if (node.name === "DecoratedStatement") {
      const { lastChild } = node;
      isUnfinished ||= lastChild !== null && lastChild.type.isError && lastChild.from >= end;
    } else if (node.name === "TryStatement") {
      isUnfinished ||= node.getChild("except") === null && node.getChild("finally") === null;
    } else if (node.name === "Body" || node.name === "MatchBody") {
      isInBlock = true;
    }
  }
  return { isUnfinished, isInBlock };
}

function lastPart(node: PythonNode): PythonNode | null {
  let last = node.lastChild;
  while (last !== null && last.name === "Comment") last = last.prevSibling;
  return last;
}

/** Returns the width of a line's indentation. A tab counts as four columns, as in IPython. */
function columnsOf(line: string): number {
  return /^[ \t]*/.exec(line)![0].replaceAll("\t", " ".repeat(INDENT)).length;
}
