/**
 * The kernel as jupyter_client's KernelManager and nbclient start it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { joinStreams } from "../../../src/execution/cell_output.ts";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { KERNEL_NAME, KernelspecFolder } from "./kernelspec_folder.ts";

const MANAGER = String.raw`
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(startup_timeout=120, kernel_name="${KERNEL_NAME}")

def run(code, **options):
    reply = client.execute_interactive(code, timeout=120, output_hook=lambda message: None, **options)
    content = reply["content"]
    return content["status"], content["execution_count"], content.get("ename")

assert run("spam = 1") == ("ok", 1, None)
assert run("spam") == ("ok", 2, None)
for name in "nothing", "print(spam":
    status, count, ename = run(name)
    assert status == "error" and ename in ("NameError", "_IncompleteInputError"), (status, count, ename)

# Interrupt the kernel with a message, as its kernelspec demands.
running = client.execute("while True: pass")
while True:
    message = client.get_iopub_msg(timeout=120)
    if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == running:
        break
manager.interrupt_kernel()
while True:
    reply = client.get_shell_msg(timeout=120)
    if reply["msg_type"] == "execute_reply":
        break
assert reply["content"]["status"] == "error", reply["content"]
assert reply["content"]["ename"] == "KeyboardInterrupt", reply["content"]

# A restart starts a new process without the old variables.
pid = manager.provisioner.pid
manager.restart_kernel()
client.wait_for_ready(timeout=120)
assert manager.provisioner.pid != pid
assert run("spam") == ("error", 1, "NameError")

# input() sends its request to this client.
asked, texts = [], []

def answer(message):
    asked.append(message["content"])
    client.input("Brian")

client.execute_interactive(
    "name = input('Name: ')\nprint(name[::-1])",
    timeout=120,
    allow_stdin=True,
    stdin_hook=answer,
    output_hook=lambda message: texts.append(message["content"].get("text", "")),
)
assert asked == [{"prompt": "Name: ", "password": False}], asked
assert "".join(texts) == "nairB\n", texts

manager.shutdown_kernel()
assert not manager.is_alive()
print("all is well")
`;

jupyterTest(
  ["jupyter_client"],
  "jupyter_client's KernelManager starts, interrupts, restarts and shuts down aipython kernel",
  async (python) => {
    await using folder = await KernelspecFolder.make(["--offline"]);
    const { code, written } = await folder.run(python, MANAGER);
    assert.equal(code, 0, written);
    assert.match(written, /all is well/);
  },
);

const NBCLIENT = String.raw`
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="${KERNEL_NAME}", timeout=300, startup_timeout=120, allow_errors=True).execute()
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])
`;

const examples = new URL("../../../examples/", import.meta.url);

for (const { name } of [...Deno.readDirSync(examples)].filter(({ name }) => name.endsWith(".ipynb"))) {
  jupyterTest(["nbclient"], `nbclient runs examples/${name} with aipython kernel --offline`, async (python) => {
    await using folder = await KernelspecFolder.make(["--offline"]);
    const path = new URL(name, examples).pathname;
    const { code, written } = await folder.run(python, NBCLIENT, [path, `${folder.path}/out.ipynb`]);
    assert.equal(code, 0, written);
    const text = await Deno.readTextFile(`${folder.path}/out.ipynb`);
    validNotebook(text);
    assert.deepEqual(kindsIn(text), kindsIn(await Deno.readTextFile(path)));
  });
}

/** Returns the outputs of each code cell in a short form: the text of streams, the type of other outputs. */
function kindsIn(text: string) {
  return readNotebook(text).cells.filter(({ type }) => type === "code").map(({ executionCount, outputs }) => [
    executionCount,
    ...joinStreams(outputs).map((output) => output.type === "stream" ? output.text : output.type),
  ]);
}
