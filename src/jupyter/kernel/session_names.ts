/**
 * The names of a kernel's session, learnt from the cells that have run: for completion, tooltips and leaving.
 *
 * @module
 */

import { KnownNames } from "../../repl/completion/known_names.ts";
import { LeavingWords } from "../../repl/leaving_words.ts";
import type { ShellCell } from "../../shell/interactive_shell.ts";
import { Inspector } from "./inspect_request.ts";
import type { ServedShell } from "./served_shell.ts";

/** The names of one session. */
export class SessionNames {
  /** Answers what clients ask about a name. */
  readonly inspector: Inspector;
  #known = new KnownNames();
  #leaving = new LeavingWords();

  /** @param shell asks the model about names that the session has not defined */
  constructor(shell: ServedShell) {
    this.inspector = new Inspector({ shell, names: () => this.#known });
  }

  /** The names that can be completed. */
  get known(): KnownNames {
    return this.#known;
  }

  /** Returns whether a cell does nothing but leave the session: `exit`. */
  leaves(code: string): boolean {
    return this.#leaving.codeOf(code) !== undefined;
  }

  /** Learns from a cell that has run. */
  learn(code: string, outputs: ShellCell["outputs"]): void {
    this.#known.learn(code);
    this.#known.learnOutputs(code, outputs);
    this.inspector.learn(code);
    this.#leaving.learn(code);
  }

  /** Forgets everything: the session has been reset. */
  forget(): void {
    this.#known = new KnownNames();
    this.#leaving = new LeavingWords();
    this.inspector.forget();
  }
}
