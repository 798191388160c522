/**
 * Lists the names that a cell defines, changes and deletes in the notebook's namespace.
 *
 * @module
 */

import { briefAssignment, briefBinding, briefDefinition } from "./brief_form.ts";
import { definingPython } from "./defining_python.ts";
import { importedNames } from "./imported_names.ts";
import { type Binding, scanNames } from "./name_scan.ts";
import { commentText } from "./one_line.ts";
import { isPython, parsePython, type PythonNode, topStatements } from "./python_tree.ts";

/** The effect of a definition on its names. */
export type DefinitionKind =
  | "import"
  | "function"
  | "class"
  /** Binds them to values. */
  | "assignment"
  /** Changes their values: `x += 1`, `x[0] = 1`, `x = f(x)`. */
  | "change"
  /** Calls one of their methods, which may change them: `x.append(1)`. */
  | "call"
  /** Unbinds them. */
  | "deletion"
  /** Has no names. Changes the session or writes a file; `source` is a comment. */
  | "state";

/** The effect of a statement of a cell on names at the top level. */
export interface Definition {
  /** The names, except those that consist only of underscores. Empty for `from x import *` and for `state`. */
  names: readonly string[];
  kind: DefinitionKind;
  /** The top-level statement that contains the definition. An import of several names becomes several definitions. */
  source: string;
  /**
   * A short form of `source`: Python code that binds the same names, with `...` for bodies and long values. For a change: `x = ...
   * # x += 1`.
   */
  brief: string;
  /** The names that the source reads but does not define, including built-in names. */
  uses: readonly string[];
  /** Those of `uses` that are read when the statement runs. */
  usesNow: readonly string[];
  /** Those of `uses` that are read when functions in the statement are called. */
  usesLater: readonly string[];
  /** The number of the top-level statement. Definitions with the same number have the same source, except imports. */
  statement: number;
  /** Whether the definition is inside an `if`, a loop or another block. It may then have run never, once or several times. */
  isNested: boolean;
}

/** Magics that change more than the display. */
const STATE_MAGIC = /^# %(?:cd|env|set_env|run|pylab|load|store|reset)\b/;

/**
 * The longest trailing comment that is kept with its statement, and the longest assignment with its comment that is used as its own
 * short form, in characters.
 */
const MAX_COMMENT = 80;
const MAX_BRIEF = 120;

/** The uses of a statement that uses no names. */
const NO_USES = { uses: [], usesNow: [], usesLater: [] };

const ONLY_UNDERSCORES = /^_+$/;

/**
 * Lists the names that a cell defines, changes and deletes, in order. Accepts any text, never throws and takes little more than
 * linear time. If the code is not valid Python, statements with syntax errors define nothing. Functions, classes and `with`
 * statements are exceptions, because the grammar does not know all of their forms.
 *
 * @param cell the cell's code as it was typed
 */
export function cellDefinitions(cell: string): Definition[] {
  const { code, tree, captured, state } = definingPython(cell);
  const isWhole = isPython(tree);
  const definitions: Definition[] = state.map((magic) => stateDefinition(`# ${magic}`, 0));
  let statement = 0;
  for (const node of topStatements(tree)) {
    statement += 1;
    definitions.push(...definitionsOf(node, code, statement, !isWhole && hasErrors(node)));
  }
  return [
    ...definitions,
    ...captured.map(([name, magic]): Definition => {
      const source = `${name} = ...  # ${magic}`;
      statement += 1;
      return { names: [name], kind: "assignment", source, brief: source, ...NO_USES, statement, isNested: false };
    }),
  ];
}

function definitionsOf(node: PythonNode, code: string, statement: number, isBroken: boolean): Definition[] {
  switch (node.name) {
    case "PassStatement": {
      const comment = trailingComment(node, code).trim();
      return STATE_MAGIC.test(comment) ? [stateDefinition(comment, statement)] : [];
    }
    case "ImportStatement":
      return isBroken ? [] : importedNames(node, code).map(({ name, statement: source }): Definition => {
        return {
          names: name === "" ? [] : named(name),
          kind: "import",
          source,
          brief: source,
          ...NO_USES,
          statement,
          isNested: false,
        };
      });
  }
  const { bindings, reads, readsNow, readsLater } = scanNames(node, code);
  const source = sourceOf(node, code);
  const definitions = gather(bindings, node, reads).map(({ kind, names, inner }): Definition => {
    const usesOf = (read: ReadonlySet<string>) => [...read].filter((name) => kind !== "function" || name !== names[0]);
    return {
      names,
      kind,
      source,
      brief: briefOf({ kind, names, inner }, source, code),
      uses: usesOf(reads),
      usesNow: usesOf(readsNow),
      usesLater: usesOf(readsLater),
      statement,
      isNested: inner.from !== node.from && node.name !== "DecoratedStatement",
    };
  });
  return isBroken
    ? definitions.filter((definition) => node.name === "WithStatement" || isKept(definition)).flatMap(briefOnly)
    : definitions;
}

/** Names to which a statement does the same thing at the same time: it binds, changes or deletes them. */
interface Gathered {
  kind: Exclude<DefinitionKind, "state">;
  names: string[];
  inner: PythonNode;
}

/** Groups the names that a top-level assignment binds. Every other binding is a group by itself. */
function gather(bindings: readonly Binding[], node: PythonNode, reads: ReadonlySet<string>): Gathered[] {
  const gathered: Gathered[] = [];
  const isAssigned = (binding: Binding) => node.name === "AssignStatement" && binding.kind === "assignment";
  const assigned = new Set(
    bindings.filter(isAssigned).map(({ name }) => name).filter((name) => !ONLY_UNDERSCORES.test(name)),
  );
  if (assigned.size > 0) {
    const isSelf = [...assigned].every((name) => reads.has(name));
    gathered.push({ kind: isSelf ? "change" : "assignment", names: [...assigned], inner: node });
  }
  for (const binding of bindings) {
    if (isAssigned(binding) || ONLY_UNDERSCORES.test(binding.name)) continue;
    gathered.push({ kind: KINDS[binding.kind], names: [binding.name], inner: binding.statement });
  }
  return gathered;
}

const KINDS: Readonly<Record<Binding["kind"], Gathered["kind"]>> = {
  import: "import",
  function: "function",
  class: "class",
  assignment: "assignment",
  target: "assignment",
  update: "change",
  part: "change",
  method: "call",
  deletion: "deletion",
};

function briefOf({ kind, names, inner }: Gathered, source: string, code: string): string {
  switch (kind) {
    case "function":
    case "class":
      return briefDefinition(inner.parent?.name === "DecoratedStatement" ? inner.parent : inner, code);
    case "import":
      return importedNames(inner, code).filter(({ name }) => name === names[0]).map(({ statement }) => statement).join(
        "\n",
      );
    case "deletion":
      return `del ${names.join(", ")}`;
    case "assignment": {
      const isPlain = inner.parent?.name === "Script" || inner.parent?.name === "StatementGroup";
      const isType = inner.name === "TypeDefinition";
      if (!isPlain || !(isType || inner.name === "AssignStatement")) break;
      return source.length <= MAX_BRIEF && !source.includes("\n") ? source : briefAssignment(inner, names, code);
    }
  }
  return briefBinding(names, inner, code);
}

/** Whether to keep a definition from a statement with syntax errors, because the grammar probably does not know its form. */
function isKept({ kind, isNested }: Definition): boolean {
  return kind === "function" || kind === "class" || isNested;
}

/** Replaces the source of a definition, which has errors, by its short form. Drops the definition if that has errors too. */
function briefOnly(definition: Definition): Definition[] {
  return isPython(parsePython(definition.brief)) ? [{ ...definition, source: definition.brief }] : [];
}

function stateDefinition(source: string, statement: number): Definition {
  return { names: [], kind: "state", source, brief: source, ...NO_USES, statement, isNested: false };
}

/** Returns the source of a top-level statement, with the comment after it. */
export function sourceOf(node: PythonNode, code: string): string {
  const source = code.slice(node.from, node.to).trimEnd();
  return source + trailingComment(node, code);
}

/** Returns the comment on the last line of a statement, preceded by two spaces. */
function trailingComment(node: PythonNode, code: string): string {
  const next = node.nextSibling ?? (node.parent?.name === "StatementGroup" ? node.parent.nextSibling : null);
  if (next?.name !== "Comment") return "";
  // The node of a block ends after its last line break.
  const end = node.from + code.slice(node.from, node.to).trimEnd().length;
  if (code.slice(end, next.from).includes("\n")) return "";
  return next.to - next.from > MAX_COMMENT ? "" : `  ${commentText(code.slice(next.from, next.to), MAX_COMMENT)}`;
}

function hasErrors(node: PythonNode): boolean {
  let found = false;
  node.cursor().iterate(({ type, name }) => {
    found ||= type.isError || name === "PrintStatement";
    return !found;
  });
  return found;
}

function named(name: string): string[] {
  return ONLY_UNDERSCORES.test(name) ? [] : [name];
}
