/**
 * Reads the prose of TypeScript files with TypeScript's own parser.
 *
 * @module
 */

import ts from "typescript";
import { readComments } from "./read_comments.ts";
import { blankInlineCode, type ProseItem } from "./prose_item.ts";
import type { ProseKind } from "./turn.ts";

/** Functions whose first argument is the title of a test. */
const TEST_FUNCTIONS = /^(?:Deno\.test(?:\.(?:ignore|only))?|\w+Test|\w+\.step(?:\.ignore)?)$/;

/** Properties and attributes whose value is shown to a person. */
const SHOWN_PROPERTIES =
  /^(?:help|usage|description|summary|advice|hint|title|placeholder|label|aria-label|ariaLabel|alt|message)$/;

/** Constructors whose arguments are shown to a person. */
const ERROR_CLASS = /(?:Error|Exception|Refusal|Failure)$/;

/** Syntax that introduces a name. */
const DECLARATIONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.MethodSignature,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.VariableDeclaration,
]);

/**
 * Reads the comments, test titles, messages and declared names of a file.
 *
 * @param path the file's name, which decides whether it may contain JSX
 * @param source the file's content
 * @returns the items, in no particular order
 */
export function readTypeScript(path: string, source: string): ProseItem[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const items = readComments(file);
  const add = (kind: ProseKind, node: ts.Node, text: string) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    items.push({ kind, line, text: blankInlineCode(text) });
  };
  const visit = (node: ts.Node): void => {
    const kind = isText(node) ? kindOfText(node, file) : undefined;
    if (kind !== undefined) add(kind, node, textOf(node));
    const name = declaredName(node);
    if (name !== undefined) add("name", name, splitName(name.text));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return items;
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isJsxText(node);
}

/** The text of a literal; the placeholders of a template become `_`. */
function textOf(node: ts.Node): string {
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `_${literal.text}`).join("");
  }
  return (node as ts.LiteralLikeNode).text;
}

/** Finds out from the code around a text who reads it; `undefined` if no person does. */
function kindOfText(text: ts.Node, file: ts.SourceFile): ProseKind | undefined {
  if (ts.isJsxText(text)) return "message";
  let node = text;
  while (ts.isParenthesizedExpression(node.parent) || ts.isBinaryExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isConditionalExpression(parent) && parent.condition !== node) return kindOfText(parent, file);
  if (ts.isCallExpression(parent) && parent.arguments[0] === node) {
    return TEST_FUNCTIONS.test(parent.expression.getText(file)) ? "title" : undefined;
  }
  if (ts.isNewExpression(parent)) return ERROR_CLASS.test(parent.expression.getText(file)) ? "message" : undefined;
  if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) return "message";
  const owner = ts.isJsxExpression(parent) ? parent.parent : parent;
  if (ts.isPropertyAssignment(owner) && owner.name.getText(file) === "name" && isTestOptions(owner.parent, file)) {
    return "title";
  }
  if (ts.isPropertyAssignment(owner) || ts.isJsxAttribute(owner)) {
    return SHOWN_PROPERTIES.test(owner.name.getText(file)) ? "message" : undefined;
  }
}

/** Whether an object is the argument of a test function: `Deno.test({ name, fn })`. */
function isTestOptions({ parent }: ts.Node, file: ts.SourceFile): boolean {
  return ts.isCallExpression(parent) && TEST_FUNCTIONS.test(parent.expression.getText(file));
}

/** Returns the name that a declaration introduces. A shorthand in a destructuring introduces none: its name belongs to the object. */
function declaredName(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (!DECLARATIONS.has(node.kind)) return undefined;
  if (ts.isBindingElement(node) && node.propertyName === undefined && node.dotDotDotToken === undefined) {
    return undefined;
  }
  const { name } = node as ts.NamedDeclaration;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name : undefined;
}

/** Splits a name into lowercase words: `tellPast`, `TELL_PAST` and `tell_past` all become "tell past". */
export function splitName(name: string): string {
  return name.replace(/^#/, "").replace(/([a-z\d])(?=[A-Z])/g, "$1 ").replace(/[_.-]+/g, " ").trim().toLowerCase();
}
