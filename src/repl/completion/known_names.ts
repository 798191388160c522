/**
 * Collects the names of a session: those that its cells define, import and use, and those that their outputs list.
 *
 * @module
 */

import type { CellOutput } from "../../execution/cell_output.ts";
import { commonAttributes, typeOfCall } from "../../python/attribute_names.ts";
import { cellMagicBody, normalizeCell, PLACEHOLDER } from "../../python/cell_source.ts";
import { MODULES } from "../../python/module_names.ts";
import { BUILTINS, EXCEPTIONS, KEYWORDS } from "../../python/python_names.ts";
import type { PythonNode } from "../../python/python_tree.ts";
import { readPython } from "../../python/read_python.ts";
import { importsOf } from "./imports_of.ts";

/** The names that IPython adds to Python's. */
const IPYTHON_NAMES = ["display", "exit", "get_ipython", "quit"];

/** The maximum length of the part of an output that is read, in characters. */
const MAX_OUTPUT = 50_000;

/** A cell that ends in `dir()` or `dir(owner)`. */
const DIR = /(?:^|[\n;(])[ \t]*dir\([ \t]*([\p{ID_Continue}.]*)[ \t]*\)[ \t)]*$/u;

/** A chain of names. */
const DOTTED = /^[\p{ID_Start}_][\p{ID_Continue}]*(?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*$/u;

/** The types of literals, keyed by the names of their syntax nodes. */
const DISPLAYS: Readonly<Record<string, string>> = {
  String: "str",
  FormatString: "str",
  ArrayExpression: "list",
  ArrayComprehensionExpression: "list",
  DictionaryExpression: "dict",
  DictionaryComprehensionExpression: "dict",
  SetExpression: "set",
  SetComprehensionExpression: "set",
  TupleExpression: "tuple",
};

export class KnownNames {
  readonly #names = new Set([...KEYWORDS, ...BUILTINS, ...EXCEPTIONS, ...IPYTHON_NAMES]);
  readonly #modules = new Set(MODULES);
  /** The attributes, keyed by their owner: a module, a class, a type or, if those are not known, the name of an object. */
  readonly #attributes = new Map<string, Set<string>>();
  /** The meaning of a name: a module, a class or type, or the class or type of its value. */
  readonly #meanings = new Map<string, string>();

  get names(): Iterable<string> {
    return this.#names;
  }

  get modules(): Iterable<string> {
    return this.#modules;
  }

  /**
   * Lists attributes.
   *
   * @param owner a name or a chain of names, as it was typed
   * @returns the known attributes of its meaning; without any, all attributes that were used of any object
   */
  attributesOf(owner: string): readonly string[] {
    const meaning = this.#meaningOf(owner);
    const known = [...this.#attributes.get(meaning) ?? [], ...commonAttributes(meaning)];
    return known.length > 0 ? known : this.allAttributes;
  }

  /** Returns the known members of a module. */
  attributesOfModule(module: string): readonly string[] {
    return [...this.#attributes.get(module) ?? [], ...commonAttributes(module)];
  }

  /** All attributes that were used of any object. */
  get allAttributes(): readonly string[] {
    return [...this.#attributes.values()].flatMap((names) => [...names]);
  }

  /** Collects names from a cell's code. */
  learn(cell: string): void {
    const normalized = normalizeCell(cell);
    const { code, tree } = readPython(cellMagicBody(normalized) ?? normalized);
    const classes: string[] = [];
    tree.iterate({
      enter: ({ name, node, from, to }) => {
        if (name === "VariableName") this.#names.add(code.slice(from, to));
        else if (name === "ImportStatement") this.#learnImport(node, code);
        else if (name === "ClassDefinition") classes.push(this.#learnClass(node, code));
        else if (name === "MemberExpression") this.#learnMember(node, code, classes.at(-1));
        else if (name === "AssignStatement") this.#learnAssignment(node, code);
      },
      leave: ({ name }) => {
        if (name === "ClassDefinition") classes.pop();
      },
    });
    this.#names.delete(PLACEHOLDER);
  }

  /** Collects names from a cell's outputs: those that `dir()` lists, and in other texts those that follow a known name and a dot. */
  learnOutputs(cell: string, outputs: readonly CellOutput[]): void {
    const text = outputs.map(textOf).join("\n").slice(0, MAX_OUTPUT);
    const owner = DIR.exec(normalizeCell(cell).trim())?.[1];
    if (owner !== undefined) {
      for (const [, name] of text.matchAll(/'([\p{ID_Continue}]+)'/gu)) {
        if (owner === "") this.#names.add(name);
        else this.#addAttribute(owner, name);
      }
      return;
    }
    for (
      const [, owner, attribute] of text.matchAll(
        /(?<![\p{ID_Continue}.])([\p{ID_Start}_][\p{ID_Continue}]*)\.([\p{ID_Start}_][\p{ID_Continue}]*)/gu,
      )
    ) {
      if (this.#meanings.has(owner)) this.#addAttribute(owner, attribute);
    }
  }

  #learnImport(node: PythonNode, code: string): void {
    for (const { name, module, path } of importsOf(node, code)) {
      this.#modules.add(module);
      this.#meanings.set(name, path);
      if (path.startsWith(`${module}.`)) this.#addAttribute(module, path.slice(module.length + 1));
    }
  }

  #learnClass(node: PythonNode, code: string): string {
    const { from, to } = node.getChild("VariableName") ?? { from: 0, to: 0 };
    const name = code.slice(from, to);
    this.#meanings.delete(name);
    for (const part of node.getChild("Body")?.getChildren("FunctionDefinition") ?? []) {
      const method = part.getChild("VariableName");
      if (method !== null) this.#addAttribute(name, code.slice(method.from, method.to));
    }
    for (const part of node.getChild("Body")?.getChildren("AssignStatement") ?? []) {
      const attribute = part.firstChild;
      if (attribute?.name === "VariableName") this.#addAttribute(name, code.slice(attribute.from, attribute.to));
    }
    return name;
  }

  #learnMember(node: PythonNode, code: string, inClass: string | undefined): void {
    const attribute = node.getChild("PropertyName");
    const { from, to } = node.firstChild!;
    const owner = code.slice(from, to);
    if (attribute === null || !DOTTED.test(owner)) return;
    this.#addAttribute(
      owner === "self" && inClass !== undefined ? inClass : owner,
      code.slice(attribute.from, attribute.to),
    );
  }

  #learnAssignment(node: PythonNode, code: string): void {
    const { firstChild: target, lastChild: value } = node;
    if (target?.name !== "VariableName" || value === null) return;
    const name = code.slice(target.from, target.to);
    this.#meanings.delete(name);
    const meaning = this.#meaningOfValue(value, code);
    if (meaning !== undefined && meaning !== name) this.#meanings.set(name, meaning);
  }

  #meaningOfValue(value: PythonNode, code: string): string | undefined {
    if (value.name in DISPLAYS) return DISPLAYS[value.name];
    const named = value.name === "CallExpression" ? value.firstChild! : value;
    const text = code.slice(named.from, named.to);
    if (!DOTTED.test(text) || named.name === "Number") return undefined;
    const meaning = this.#meaningOf(text);
    return value.name === "CallExpression" ? typeOfCall(meaning) : meaning;
  }

  #addAttribute(owner: string, name: string): void {
    const meaning = this.#meaningOf(owner);
    const names = this.#attributes.get(meaning) ?? new Set();
    this.#attributes.set(meaning, names.add(name));
  }

  /** Replaces the first name with its meaning: returns `numpy.random` for `np.random`. */
  #meaningOf(owner: string): string {
    const [first, ...others] = owner.split(".");
    return [this.#meanings.get(first) ?? first, ...others].join(".");
  }
}

function textOf(output: CellOutput): string {
  if (output.type === "stream") return output.text;
  const text = "data" in output ? output.data["text/plain"] : undefined;
  return typeof text === "string" ? text : "";
}
