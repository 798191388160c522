/**
 * Reads the comments of a parsed TypeScript file.
 *
 * @module
 */

import ts from "typescript";
import { blankInlineCode, type ProseItem } from "./prose_item.ts";

/**
 * Reads every comment of a file. Line comments that follow each other without code between them are one item.
 *
 * @param file parsed with parent pointers
 */
export function readComments(file: ts.SourceFile): ProseItem[] {
  const items: ProseItem[] = [];
  let previous: { item: ProseItem; end: number } | undefined;
  for (const range of commentRanges(file)) {
    const text = file.text.slice(range.pos, range.end);
    const line = file.getLineAndCharacterOfPosition(range.pos).line + 1;
    const isLine = range.kind === ts.SyntaxKind.SingleLineCommentTrivia;
    if (isLine && previous !== undefined && /^\s*$/.test(file.text.slice(previous.end, range.pos))) {
      previous.item.text += `\n${withoutMarks(text)}`;
      previous.end = range.end;
      continue;
    }
    const bare = withoutMarks(text);
    const skipped = bare.slice(0, bare.search(/\S|$/)).split("\n").length - 1;
    const kind = text.startsWith("/**") ? "doc" : "comment";
    const item: ProseItem = { kind, line: line + skipped, text: bare.trimStart() };
    items.push(item);
    previous = isLine ? { item, end: range.end } : undefined;
  }
  for (const item of items) item.text = blankInlineCode(item.text);
  return items;
}

/**
 * Finds the comments of a file, in their order. Only the spaces between tokens are searched, so that strings, regular expressions
 * and JSX text may contain `//`.
 */
export function commentRanges(file: ts.SourceFile): ts.CommentRange[] {
  const ranges = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) || ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length > 0) return children.forEach(visit);
    const start = node.pos === 0 ? ts.getShebang(file.text)?.length ?? 0 : node.pos;
    const trailing = endsInJsx(node) ? [] : ts.getTrailingCommentRanges(file.text, node.end) ?? [];
    const leading = startsInJsx(node) ? [] : ts.getLeadingCommentRanges(file.text, start) ?? [];
    for (const range of [...leading, ...trailing]) ranges.set(range.pos, range);
  };
  visit(file);
  return [...ranges.values()].sort((one, other) => one.pos - other.pos);
}

/** Whether JSX text follows a token. */
function endsInJsx({ kind, parent }: ts.Node): boolean {
  if (kind === ts.SyntaxKind.GreaterThanToken) {
    return ts.isJsxOpeningElement(parent) || ts.isJsxOpeningFragment(parent) || isInsideJsx(parent);
  }
  return kind === ts.SyntaxKind.CloseBraceToken && ts.isJsxExpression(parent) && isInsideJsx(parent);
}

/** Whether a token is the first one after JSX text. */
function startsInJsx({ kind, parent }: ts.Node): boolean {
  if (kind === ts.SyntaxKind.OpenBraceToken) return ts.isJsxExpression(parent) && isInsideJsx(parent);
  if (kind !== ts.SyntaxKind.LessThanToken && kind !== ts.SyntaxKind.LessThanSlashToken) return false;
  return ts.isJsxClosingElement(parent) || ts.isJsxClosingFragment(parent) || isInsideJsx(parent);
}

/** Whether a part of JSX is among the children of an element, so that what is around it is text. */
function isInsideJsx(node: ts.Node): boolean {
  const element = ts.isJsxExpression(node) || ts.isJsxSelfClosingElement(node) ? node : node.parent;
  return element.parent !== undefined && (ts.isJsxElement(element.parent) || ts.isJsxFragment(element.parent));
}

/** The text of a comment without slashes, stars and indentation. */
function withoutMarks(comment: string): string {
  if (comment.startsWith("//")) return comment.replace(/^\/\/+ ?/, "");
  return comment.slice(2, -2).replace(/^\*/, "").replace(/^[ \t]*\*[ \t]?/gm, "").trimEnd();
}
