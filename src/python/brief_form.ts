/**
 * Writes definitions in short form: functions as signatures, and only short values.
 *
 * @module
 */

import { commentText, oneLine } from "./one_line.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";
import { describeValue } from "./value_description.ts";

/** The longest value, decorator, base class or docstring line that is kept, in characters: about a line of code. */
const MAX_VALUE = 80;

/** The longest default value or annotation of a parameter that is kept, in characters. */
const MAX_DEFAULT = 40;

/** The longest list of parameters that is kept, in characters. */
const MAX_PARAMETERS = 300;

const INDENT = "    ";

/**
 * Writes a function as its decorators, its signature and the first line of its docstring. Writes a class as its bases, its
 * attributes and the signatures of its methods.
 *
 * @param node a `FunctionDefinition`, a `ClassDefinition` or a `DecoratedStatement`
 * @param code the code that the tree was parsed from
 * @returns Python code, or the empty text if the definition has no name
 */
export function briefDefinition(node: PythonNode, code: string): string {
  return definitionLines(node, code, true).join("\n");
}

/**
 * Writes an assignment. A long value is replaced by `...` and a comment that describes it.
 *
 * @param node an `AssignStatement` or a `TypeDefinition`
 * @param code the code that the tree was parsed from
 */
export function briefAssignment(node: PythonNode, names: readonly string[], code: string): string {
  const whole = oneLine(node, node, code, MAX_VALUE + 2 * names.join().length);
  if (whole !== undefined) return whole;
  const children = childrenOf(node);
  const values = children.slice(children.findLastIndex(({ name }) => name === "AssignOp") + 1);
  const annotation = node.getChild("TypeDef");
  const type = annotation === null ? undefined : oneLine(annotation, annotation, code, MAX_DEFAULT);
  const target = names.length === 1 && type !== undefined ? `${names[0]}${type}` : names.join(" = ");
  return `${target} = ...  # ${describeValue(values, code)}`;
}

/**
 * Writes names that a statement other than a top-level assignment binds or changes, for example `for`.
 *
 * @param statement the innermost statement that binds or changes them
 * @param code the code that the tree was parsed from
 */
export function briefBinding(names: readonly string[], statement: PythonNode, code: string): string {
  const header = statement.getChild("Body") ?? statement.getChild("MatchBody");
  const text = code.slice(statement.from, Math.min(header?.from ?? statement.to, statement.from + 4 * MAX_VALUE));
  return `${names.join(" = ")} = ...  # ${commentText(text, MAX_VALUE)}`;
}

function definitionLines(node: PythonNode, code: string, isOutermost: boolean): string[] {
  if (node.name === "DecoratedStatement") {
    const definition = node.getChild("FunctionDefinition") ?? node.getChild("ClassDefinition");
    if (definition === null) return [];
    const lines = definitionLines(definition, code, isOutermost);
    return lines.length === 0 ? [] : [...node.getChildren("Decorator").map((each) => decorator(each, code)), ...lines];
  }
  const name = node.getChild("VariableName");
  const body = node.getChild("Body");
  if (name === null || body === null) return [];
  const isClass = node.name === "ClassDefinition";
  const head = isClass ? classHead(node, name, code) : functionHead(node, name, code);
  const docstring = isOutermost ? firstDocstringLine(body, code) : undefined;
  const lines = isClass && isOutermost ? classLines(body, code) : [];
  if (docstring === undefined && lines.length === 0) return [`${head}: ...`];
  const inner = docstring === undefined ? lines : [docstring, ...(lines.length === 0 ? ["..."] : lines)];
  return [`${head}:`, ...inner.map((line) => INDENT + line)];
}

function functionHead(node: PythonNode, name: PythonNode, code: string): string {
  const list = node.getChild("ParamList");
  const types = node.getChild("TypeParamList");
  const result = node.getChild("TypeDef");
  const typeList = types === null ? "" : oneLine(types, types, code, MAX_VALUE) ?? "";
  const type = result === null ? undefined : oneLine(result, result, code, MAX_VALUE);
  const arrow = type === undefined ? "" : ` -> ${type.replace(/^->\s*/, "")}`;
  const isAsync = node.getChild("async") !== null ? "async " : "";
  return `${isAsync}def ${textOf(name, code)}${typeList}(${parameters(list, code)})${arrow}`;
}

function classHead(node: PythonNode, name: PythonNode, code: string): string {
  const [bases, types] = [node.getChild("ArgList"), node.getChild("TypeParamList")];
  const typeList = types === null ? "" : oneLine(types, types, code, MAX_VALUE) ?? "";
  return `class ${textOf(name, code)}${typeList}${bases === null ? "" : oneLine(bases, bases, code, MAX_VALUE) ?? ""}`;
}

function decorator(node: PythonNode, code: string): string {
  const args = node.getChild("ArgList");
  return oneLine(node, node, code, MAX_VALUE) ??
    `${code.slice(node.from, args?.from ?? node.to).replace(/\s+/g, "")}(...)`;
}

/** Writes the parameters without the parentheses. */
function parameters(list: PythonNode | null, code: string): string {
  const children = list === null ? [] : childrenOf(list);
  const texts: string[] = [];
  for (let index = 1; index < children.length;) {
    const comma = children.findIndex(({ name }, at) => at >= index && name === ",");
    const end = comma === -1 ? children.length - 1 : comma;
    texts.push(parameter(children.slice(index, end), children[index - 1].to, children[end].from, code));
    index = end + 1;
  }
  const line = texts.filter((text) => text !== "").join(", ");
  return line.length <= MAX_PARAMETERS ? line : "*args, **kwargs";
}

/** Writes a parameter. A lone `/` has no node in the tree, so it is found by its position. */
function parameter(nodes: PythonNode[], from: number, to: number, code: string): string {
  const kept = nodes.filter(({ name }) => name !== "Comment");
  if (kept.length === 0) return code.slice(from, to).replace(/#[^\n]*/g, "").trim() === "/" ? "/" : "";
  const assign = kept.findIndex(({ name }) => name === "AssignOp");
  const head = (assign === -1 ? kept : kept.slice(0, assign)).map((node) => {
    return node.name !== "TypeDef" ? textOf(node, code) : oneLine(node, node, code, MAX_DEFAULT) ?? "";
  }).join("");
  const value = kept.slice(assign + 1);
  if (assign === -1 || value.length === 0) return head;
  return `${head}=${oneLine(value[0], value.at(-1)!, code, MAX_DEFAULT) ?? "..."}`;
}

function classLines(body: PythonNode, code: string): string[] {
  return childrenOf(body).flatMap((each) => each.name === "StatementGroup" ? childrenOf(each) : [each]).flatMap(
    (each) => {
      switch (each.name) {
        case "AssignStatement": {
          const [target] = childrenOf(each);
          const whole = oneLine(each, each, code, MAX_VALUE);
          if (whole !== undefined) return whole;
          return target.name === "VariableName" ? briefAssignment(each, [textOf(target, code)], code) : [];
        }
        case "FunctionDefinition":
        case "ClassDefinition":
        case "DecoratedStatement":
          return definitionLines(each, code, false);
      }
      return [];
    },
  );
}

/** Returns the first line of a docstring as a complete string literal, if it is short. */
function firstDocstringLine(body: PythonNode, code: string): string | undefined {
  const first = childrenOf(body).find(({ name }) => name !== ":" && name !== "Comment");
  const string = first?.name === "ExpressionStatement" ? first.firstChild : null;
  if (string?.name !== "String" || string.nextSibling !== null) return undefined;
  const match = /^([rRuU]?)("""|'''|"|')\s*([^\n]*)/.exec(
    code.slice(string.from, Math.min(string.to, string.from + 4 * MAX_VALUE)),
  );
  if (match === null) return undefined;
  const [, prefix, quotes, rest] = match;
  const line = rest.split(quotes, 1)[0].trim();
  // A backslash or a quote at the end would escape or extend the closing quotes.
  return line === "" || line.length > MAX_VALUE || line.endsWith("\\") || line.endsWith(quotes[0])
    ? undefined
    : prefix + quotes + line + quotes;
}

function textOf(node: PythonNode, code: string): string {
  return code.slice(node.from, node.to);
}
