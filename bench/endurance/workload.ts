/**
 * The cells that the simulated person of the endurance bench runs, and the model's answers: a few cells of all kinds,
 * edited and run again and again.
 *
 * @module
 */

import {
  answer,
  display,
  error,
  gate,
  result,
  stderr,
  stdout,
  type Step,
  text,
} from "../../test/support/scripted_answer.ts";

/** One press of Run. */
export interface Turn {
  /** The index of the notebook's cell, from 0. */
  cell: number;
  source: string;
  answer: Step[];
  /** The person stops the cell when it has shown `so far`; its answer never ends. */
  cancelled: boolean;
}

interface Kind {
  source(n: number): string;
  answer(n: number): Step[];
  cancelled?: true;
}

const sentences = (n: number) =>
  Array.from({ length: 8 }, (_, line) => `line ${line} of run ${n} says a few words more\n`).join("");

/** The kinds of cells in the order in which they take turns; the last one is cancelled. */
const kinds: readonly Kind[] = [
  { source: (n) => `for line in story(${n}):\n    print(line)`, answer: (n) => stdout(sentences(n)) },
  { source: (n) => `values = [${n}, ${n + 1}]\nsum(values)`, answer: (n) => result(String(2 * n + 1)) },
  {
    source: (n) => `def half(x):\n    """Half of x, as in run ${n}."""\n    return x / 2`,
    answer: () => text("(no output)"),
  },
  {
    source: (n) => `handle = display(HTML("<b>${n}</b>"), display_id="progress")\nhandle.update(HTML("<i>${n}</i>"))`,
    answer: (n) => [
      ...display({ "text/plain": `<HTML ${n}>`, "text/html": `<b>${n}</b>` }, { display_id: "progress" }),
      ...display({ "text/plain": `<HTML ${n}>`, "text/html": `<i>${n}</i>` }, { display_id: "progress", update: true }),
    ],
  },
  {
    source: (n) => `int("run ${n}")`,
    answer: (n) => error("ValueError", `invalid literal for int() with base 10: 'run ${n}'`),
  },
  { source: (n) => `import warnings\nwarnings.warn("run ${n}")`, answer: (n) => stderr(`UserWarning: run ${n}\n`) },
  {
    source: (n) => `print("before ${n}")\n${n} ** 2`,
    answer: (n) => [...stdout(`before ${n}\n`), ...result(String(n ** 2))],
  },
  {
    source: (n) => `frame(${n})`,
    answer: (n) =>
      result({ "text/plain": sentences(n), "text/html": `<table><tr><td>${sentences(n)}</td></tr></table>` }),
  },
  { source: (n) => `print("""${sentences(n)}""")`, answer: (n) => stdout(sentences(n)) },
  { source: (n) => `{"run": ${n}}`, answer: (n) => result(`{'run': ${n}}`) },
  {
    source: (n) => `print("so far")\nwhile ${n}:\n    pass`,
    answer: (n) => [...stdout("so far\n"), ...gate(`never ${n}`)],
    cancelled: true,
  },
];

/** The number of cells of the notebook: one of each kind. */
export const CYCLE = kinds.length;

export const COMPLETED_IN_CYCLE = kinds.filter(({ cancelled }) => !cancelled).length;

/** @param number from 0 */
export function turnOf(number: number): Turn {
  const kind = kinds[number % CYCLE];
  const steps = kind.answer(number);
  return {
    cell: number % CYCLE,
    source: kind.source(number),
    answer: kind.cancelled ? steps : answer(steps),
    cancelled: kind.cancelled ?? false,
  };
}
