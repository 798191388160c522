/**
 * The names of a kernel's session, from the cells that have run. Used for completion, tooltips and `exit`.
 *
 * @module
 */

import { KnownNames } from "../../repl/completion/known_names.ts";
import { ExitCommands } from "../../repl/exit_commands.ts";
import type { ShellCell } from "../../shell/interactive_shell.ts";
import { Inspector } from "./inspect_request.ts";
import type { ServedShell } from "./served_shell.ts";

export class SessionNames {
  readonly inspector: Inspector;
  #known = new KnownNames();
  #leaving = new ExitCommands();

  /** @param shell asks the model about names that have no definition in the session */
  constructor(shell: ServedShell) {
    this.inspector = new Inspector({ shell, names: () => this.#known });
  }

  get known(): KnownNames {
    return this.#known;
  }

  /** Whether a cell only leaves the session: `exit`. */
  leaves(code: string): boolean {
    return this.#leaving.codeOf(code) !== undefined;
  }

  /** Learns the names of a cell that has run. */
  learn(code: string, outputs: ShellCell["outputs"]): void {
    this.#known.learn(code);
    this.#known.learnOutputs(code, outputs);
    this.inspector.learn(code);
    this.#leaving.learn(code);
  }

  /** Forgets everything, because the session was reset. */
  forget(): void {
    this.#known = new KnownNames();
    this.#leaving = new ExitCommands();
    this.inspector.forget();
  }
}
