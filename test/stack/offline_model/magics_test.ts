import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, result, written } from "./support.ts";

const usage = (message: string): Call => written("stderr", `UsageError: ${message}\n`);

/** Cells of one notebook each; the last one's calls are given. */
const NOTEBOOKS: [string, string[], Call[]][] = [
  ["%who lists names, nine a line", ["a = b = c = d = e = f = g = h = i = 1", "%who int"], [
    written("stdout", "a\t b\t c\t d\t e\t f\t g\t h\t i\t \n\n"),
  ]],
  ["%whos tells lengths of lists only, and cuts long texts", ["l = [1]; s = {1, 2}; t = 'x' * 50", "%whos"], [
    written(
      "stdout",
      "Variable   Type    Data/Info\n----------------------------\nl          list    n=1\ns          set     {1, 2}\n" +
        `t          str     ${"x".repeat(25)}<...>${"x".repeat(25)}\n`,
    ),
  ]],
  ["name? shows signature, docstring, file and type", ["def foo(a, b=2):\n    'Doc of foo.'", "foo?"], [
    written(
      "stdout",
      "Signature: foo(a, b=2)\nDocstring: Doc of foo.\nFile:      /tmp/ipykernel_42/2817663794.py\nType:      function",
    ),
  ]],
  ["name?? shows the source instead of the docstring", ["def foo():\n    'Doc.'", "foo??"], [
    written(
      "stdout",
      "Signature: foo()\nSource:   \ndef foo():\n    'Doc.'\nFile:      /tmp/ipykernel_42/657628593.py\nType:      function",
    ),
  ]],
  ["name? of a class shows how it is made", ["class K:\n    'Doc.'\n    def __init__(self, q): pass", "K?"], [
    written(
      "stdout",
      "Init signature: K(q)\nDocstring:      Doc.\nType:           type\nSubclasses:     ",
    ),
  ]],
  ["name? with a star lists names", ["pri*?"], [written("stdout", "print")]],
  ["%%capture keeps texts and displays", [
    "%%capture cap\nimport sys\nprint('o'); print('e', file=sys.stderr); display(1)\n2",
    "cap.stdout, cap.stderr, [output.data for output in cap.outputs]",
  ], [result("('o\\n', 'e\\n', [{'text/plain': '1'}, {'text/plain': '2'}])")]],
  ["%%capture shows later what it kept", ["%%capture cap\nprint('o'); display(1)", "cap.show()"], [
    written("stdout", "o\n"),
    { name: "display", arguments: { data: { "text/plain": "1" } } },
  ]],
  ["%%writefile writes the cell with its last newline", ["%%writefile a.txt\none", "open('a.txt').read()"], [
    result("'one\\n'"),
  ]],
  ["%history numbers cells and shows many lines apart", ["x = 1\ny = 2", "%history -n 1"], [
    written("stdout", "   1:\nx = 1\ny = 2\n"),
  ]],
  ["%timeit -o returns its result", ["r = %timeit -o -q -n 1 -r 2 1", "r.loops, r.repeat, len(r.all_runs)"], [
    result("(1, 2, 2)"),
  ]],
  ["%cd says why it cannot, and where it is", ["%cd /nosuch"], [
    written("stdout", "[Errno 2] No such file or directory: '/nosuch'\n/home/user\n"),
  ]],
  ["a line magic of a cell of one line needs no %", ["pwd"], [result("'/home/user'")]],
  ["a variable hides the magic of its name", ["pwd = 1", "pwd"], [result("1")]],
  ["a magic that is missing has IPython's message", ["%%nosuch\n1"], [usage("Cell magic `%%nosuch` not found.")]],
  ["a line magic called as a cell magic is pointed out", ["%%pwd\n1"], [
    usage("Cell magic `%%pwd` not found (But line magic `%pwd` exists, did you mean that instead?)."),
  ]],
  ["%%time takes no statement in its first line", ["%%time x\n1"], [
    usage("Can't use statement directly after '%%time'!"),
  ]],
];

Deno.test("the offline model's magics:", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, cells, calls] of NOTEBOOKS) {
    await t.step(name, async () => {
      for (const [index, cell] of cells.slice(0, -1).entries()) {
        await ask(model, [cell], { from: index + 1 });
      }
      assert.deepEqual(await ask(model, [cells.at(-1)!], { from: cells.length }), calls);
    });
  }
});
