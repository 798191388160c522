/**
 * Describes a function or a class from its source, in the format of IPython's `name?`.
 *
 * @module
 */

import type { Definition } from "../../python/cell_definitions.ts";
import { childrenOf, parsePython, type PythonNode } from "../../python/python_tree.ts";

/** The column of the text after a label, as in IPython. */
const LABEL_WIDTH = 11;

/**
 * Describes a definition.
 *
 * @param definition a definition of kind `function` or `class`
 * @param withSource whether to show the source instead of the docstring, as `name??` does
 */
export function describeDefinition({ names: [name], kind, source }: Definition, withSource: boolean): string {
  const { topNode } = parsePython(source);
  const node = findDefinition(topNode);
  const isClass = kind === "class";
  const owner = isClass ? findMethod(node, source, "__init__") : node;
  const parameters = parametersOf(owner, source, isClass);
  const docstring = node === undefined ? undefined : docstringOf(node, source);
  return [
    ...parameters === undefined ? [] : [labelled(isClass ? "Init signature" : "Signature", `${name}${parameters}`)],
    ...withSource ? [`Source:\n${source}`] : [labelled("Docstring", docstring ?? "<no docstring>")],
    labelled("Type", isClass ? "type" : "function"),
  ].join("\n");
}

/** Adds a label. A text with several lines begins on the next line. */
function labelled(label: string, text: string): string {
  return text.includes("\n") ? `${label}:\n${text}` : `${label}: `.padEnd(LABEL_WIDTH) + text;
}

/** The outermost function or class. */
function findDefinition(top: PythonNode): PythonNode | undefined {
  const isDefinition = ({ name }: PythonNode) => name === "FunctionDefinition" || name === "ClassDefinition";
  for (const node of childrenOf(top)) {
    if (isDefinition(node)) return node;
    const inner = findDefinition(node);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function findMethod(node: PythonNode | undefined, source: string, name: string): PythonNode | undefined {
  return node?.getChild("Body")?.getChildren("FunctionDefinition").find((method) => {
    const named = method.getChild("VariableName");
    return named !== null && source.slice(named.from, named.to) === name;
  });
}

/** The parameters in parentheses, on one line. The first parameter of a method is left out. */
function parametersOf(node: PythonNode | undefined, source: string, isMethod: boolean): string | undefined {
  const list = node?.getChild("ParamList");
  if (node === undefined || !list) return isMethod ? "()" : undefined;
  const returned = node.getChild("TypeDef");
  const text = source.slice(list.from, list.to).replace(/\s+/g, " ").replace(/^\( | \)$/g, (edge) => edge.trim());
  const own = isMethod ? text.replace(/^\(\w+(?:, ?)?/, "(") : text;
  return returned && !isMethod ? `${own} ${source.slice(returned.from, returned.to).trim()}` : own;
}

function docstringOf(node: PythonNode, source: string): string | undefined {
  const first = node.getChild("Body")?.getChildren("ExpressionStatement").at(0);
  const text = first?.firstChild;
  // A string is a docstring only if it is the first statement.
  const isFirst = first !== undefined &&
    /^:\s*(?:#[^\n]*\s*)*$/.test(source.slice(node.getChild("Body")!.from, first.from));
  if (!isFirst || text?.name !== "String") return undefined;
  const [, content] = /^[rRuU]?("""|'''|"|')([^]*)\1$/.exec(source.slice(text.from, text.to))?.slice(1) ?? [];
  return content === undefined ? undefined : dedented(content);
}

/** Removes the common indentation of all lines but the first, as Python's `inspect.cleandoc` does. */
function dedented(text: string): string {
  const [first, ...rest] = text.split("\n");
  const indents = rest.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)![0].length);
  const indent = Math.min(...indents, Infinity);
  return [first.trimStart(), ...rest.map((line) => line.slice(Math.min(indent, line.length)))].join("\n").trim();
}
