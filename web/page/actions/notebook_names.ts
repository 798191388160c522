/**
 * The names that a notebook's cells define, for completion and for signatures of functions and classes. No model is asked.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { describeDefinition } from "../../../src/jupyter/kernel/describe_definition.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { cellDefinitions, type Definition } from "../../../src/python/cell_definitions.ts";
import { KnownNames } from "../../../src/repl/completion/known_names.ts";
import { allOutputs, type OutputRow } from "../store/queries.ts";
import { readOutputs } from "../store/read_outputs.ts";
import type { NotebookActions } from "./notebook_actions.ts";

/** The statements that give a name its value. Other changes leave a name's kind as it is. */
const BINDING: ReadonlySet<string> = new Set(["function", "class", "assignment", "import"]);

/** The names in a notebook's current cells. */
export class NotebookNames {
  readonly #notebook: NotebookStore;
  readonly #actions: NotebookActions;

  constructor(notebook: NotebookStore, actions: NotebookActions) {
    this.#notebook = notebook;
    this.#actions = actions;
  }

  known(): KnownNames {
    const known = new KnownNames();
    const outputs = Map.groupBy(this.#notebook.query(allOutputs) as readonly OutputRow[], ({ cellId }) => cellId);
    for (const { id, source } of this.#codes()) {
      known.learn(source);
      known.learnOutputs(source, readOutputs(outputs.get(id) ?? []).flatMap(textOutput));
    }
    return known;
  }

  /**
   * Describes a function, class or method that a cell defines, in the form of IPython's `name?`.
   *
   * @param name a name, or an object or class with a dot and a method
   * @returns `undefined` if no cell defines the name
   */
  describe(name: string): string | undefined {
    const definitions = this.#codes().flatMap(({ source }) => cellDefinitions(source));
    const [first, method, ...deeper] = name.split(".");
    const definition = definitions.findLast(({ kind, names }) => BINDING.has(kind) && names.includes(first));
    if (deeper.length > 0 || definition === undefined) return undefined;
    if (method === undefined) return isDescribed(definition) ? describeDefinition(definition, false) : undefined;
    const made = /=\s*([\p{ID_Start}_][\p{ID_Continue}]*)\(/u.exec(definition.source)?.[1];
    const owner = definition.kind === "class"
      ? definition
      : definitions.findLast(({ kind, names }) => kind === "class" && names[0] === made);
    const source = owner === undefined ? undefined : methodOf(owner, method);
    return source === undefined ? undefined : describeDefinition(source, false);
  }

  #codes(): { id: string; source: string }[] {
    return this.#actions.cells.filter(({ cellType }) => cellType === "code")
      .map(({ id, source }) => ({ id, source: this.#actions.drafts.read(id) ?? source }));
  }
}

function isDescribed({ kind }: Definition): boolean {
  return kind === "function" || kind === "class";
}

/** Reads a method's source as a function's. */
function methodOf({ source }: Definition, method: string): Definition | undefined {
  const lines = source.split("\n");
  const begin = lines.findIndex((line) => new RegExp(`^\\s+(?:async\\s+)?def\\s+${method}\\s*\\(`).test(line));
  if (begin === -1) return undefined;
  const indent = /^\s*/.exec(lines[begin])![0];
  const next = lines.findIndex((line, index) =>
    index > begin && line.trim() !== "" && !/^\s/.test(line.slice(indent.length)) &&
    !/^\s*[)\]}]/.test(line)
  );
  const own = lines.slice(begin, next === -1 ? undefined : next).map((line) => line.slice(indent.length)).join("\n");
  return cellDefinitions(own).find(({ kind, names }) => kind === "function" && names[0] === method);
}

function textOutput(output: ReturnType<typeof readOutputs>[number]): CellOutput[] {
  if (output.kind === "stream") return [{ type: "stream", name: output.name, text: output.text }];
  if (output.kind === "error") return [];
  const plain = output.representations["text/plain"];
  if (plain?.type !== "inline" || typeof plain.data !== "string") return [];
  return [{ type: "display_data", data: { "text/plain": plain.data } }];
}
