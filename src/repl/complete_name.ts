/**
 * Completes the name that is being typed.
 *
 * @module
 */

import { parsePython } from "../python/python_tree.ts";
import { KEYWORDS } from "../terminal/highlight_python.ts";

/** Python's built-in functions and types ("Built-in Functions" of its library reference), and the exceptions that are raised most. */
const BUILTINS =
  "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict " +
  "dir display divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int " +
  "isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr " +
  "reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip ArithmeticError AssertionError " +
  "AttributeError Exception FileNotFoundError ImportError IndexError KeyError KeyboardInterrupt LookupError " +
  "ModuleNotFoundError NameError NotImplementedError OSError OverflowError RecursionError RuntimeError StopIteration " +
  "SyntaxError TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError ValueError ZeroDivisionError";

/** A name at the end of a line, and what stands before it. */
const NAME_AT_END = /(^|[^\p{ID_Continue}])(\p{ID_Start}\p{ID_Continue}*|_\p{ID_Continue}*)$/u;

/** What a name could become. */
export interface Completion {
  /** What all candidates have in common behind what was typed; may be empty. */
  insert: string;
  /** The candidates, sorted. */
  candidates: string[];
}

/** The names that can be completed: Python's own, and those that cells have used. */
export class KnownNames {
  readonly #names = new Set([...KEYWORDS.split(" "), ...BUILTINS.split(" ")]);

  /** Learns the names that a cell defines, imports or mentions. */
  learn(code: string): void {
    parsePython(code).iterate({
      enter: ({ name, from, to }) => {
        if (name === "VariableName") this.#names.add(code.slice(from, to));
      },
    });
  }

  /**
   * Completes the name at the end of a text.
   *
   * @param before the line before the cursor
   * @returns what it could become; absent where there is no name, or that of an attribute, which only Python knows
   */
  complete(before: string): Completion | undefined {
    const [, around, typed] = NAME_AT_END.exec(before) ?? [];
    if (typed === undefined || around === ".") return undefined;
    const candidates = [...this.#names].filter((name) => name.startsWith(typed)).sort();
    return { insert: commonBeginning(candidates).slice(typed.length), candidates };
  }
}

function commonBeginning(names: readonly string[]): string {
  const [first = "", ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
