/**
 * The kernel in `jupyter console`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import { keys, openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import { KERNEL_NAME, KernelspecFolder } from "./kernelspec_folder.ts";

jupyterTest(
  ["jupyter_console"],
  "jupyter console runs and interrupts cells of the kernel and exits",
  async (python) => {
    await using folder = await KernelspecFolder.make(["--offline", "--log-level", "error"]);
    const command = [python, "-m", "jupyter_console", "--kernel", KERNEL_NAME, "--simple-prompt"];
    const env = { ...folder.environment, TERM: "dumb" };
    await using terminal = openPseudoTerminal(command, { env, cwd: folder.path, columns: 120 });
    await terminal.until("answers instead of a model");
    await terminal.until("In [1]: ");
    await terminal.type(`spam = 6${keys.enter}`);
    await terminal.until("In [2]: ");
    await terminal.type(`print(spam * 7)${keys.enter}`);
    await terminal.until(/^42\r?$/m);
    await terminal.until("In [3]: ");
    await terminal.type(`spam / 0${keys.enter}`);
    await terminal.until("ZeroDivisionError: division by zero");
    await terminal.until("In [4]: ");
    await terminal.type(`print("begun"); import time; time.sleep(600)${keys.enter}`);
    await terminal.until(/^begun\r?$/m);
    await terminal.type(keys.ctrl("c"));
    await terminal.until(/^KeyboardInterrupt: *\r?$/m);
    await terminal.until("In [5]: ");
    await terminal.type(`exit${keys.enter}`);
    assert.equal(await terminal.exitCode(), 0);
  },
);
