/**
 * Runs the kernel's conformance test of Jupyter, jupyter_kernel_test.
 *
 * @module
 */

import assert from "node:assert/strict";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import { KERNEL_NAME, KernelspecFolder } from "./kernelspec_folder.ts";

/**
 * The conformance test with requests for a Python kernel. The samples come from ipykernel's own tests, with some for displays
 * added.
 */
const SUITE = String.raw`
import unittest
import jupyter_kernel_test

jupyter_kernel_test.TIMEOUT = 120

class AIPython(jupyter_kernel_test.KernelTests):
    kernel_name = "${KERNEL_NAME}"
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = [
        {"text": "zi", "matches": {"zip"}},
        {"text": "import itertools; itertools.cha", "matches": {"chain"}},
    ]
    complete_code_samples = ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"]
    incomplete_code_samples = ["print('''hello", "def f(x):\n  x*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "zip?"
    code_generate_error = "raise ValueError('no')"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
        {"code": "2*3+1", "result": "7"},
    ]
    code_display_data = [
        {"code": "from IPython.display import HTML, display; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": "from IPython.display import Math, display; display(Math('x^2'))", "mime": "text/latex"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"

unittest.main(argv=["conformance", "--verbose"])
`;

jupyterTest(["jupyter_kernel_test"], "aipython kernel --offline passes jupyter_kernel_test", async (python) => {
  await using folder = await KernelspecFolder.make(["--offline"]);
  const { code, written } = await folder.run(python, SUITE);
  assert.equal(code, 0, written);
  const [, count] = /^Ran (\d+) tests in .*\n\nOK$/m.exec(written) ?? [];
  assert.ok(Number(count) >= 12, written);
});
