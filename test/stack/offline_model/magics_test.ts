import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, misused, result, written } from "./support.ts";

/** Notebooks, with the calls of their last cells. */
const NOTEBOOKS: [string, string[], Call[]][] = [
  ["%who lists nine names on a line", ["a = b = c = d = e = f = g = h = i = 1", "%who int"], [
    written("stdout", "a\t b\t c\t d\t e\t f\t g\t h\t i\t \n\n"),
  ]],
  ["%whos shows the lengths of lists and shortens long texts", ["l = [1]; s = {1, 2}; t = 'x' * 50", "%whos"], [
    written(
      "stdout",
      "Variable   Type    Data/Info\n----------------------------\nl          list    n=1\ns          set     {1, 2}\n" +
        `t          str     ${"x".repeat(25)}<...>${"x".repeat(25)}\n`,
    ),
  ]],
  ["name? shows the signature, the docstring, the file and the type", ["def foo(a, b=2):\n    'Doc of foo.'", "foo?"], [
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
  ["name? of a class shows the signature of its constructor", [
    "class K:\n    'Doc.'\n    def __init__(self, q): pass",
    "K?",
  ], [
    written(
      "stdout",
      "Init signature: K(q)\nDocstring:      Doc.\nType:           type\nSubclasses:     ",
    ),
  ]],
  ["name? with an asterisk lists the matching names", ["pri*?"], [written("stdout", "print")]],
  ["%%capture keeps texts and displays", [
    "%%capture cap\nimport sys\nprint('o'); print('e', file=sys.stderr); display(1)\n2",
    "cap.stdout, cap.stderr, [output.data for output in cap.outputs]",
  ], [result("('o\\n', 'e\\n', [{'text/plain': '1'}, {'text/plain': '2'}])")]],
  ["the variable of %%capture can show the captured outputs", ["%%capture cap\nprint('o'); display(1)", "cap.show()"], [
    written("stdout", "o\n"),
    { name: "display", arguments: { data: { "text/plain": "1" } } },
  ]],
  ["%%writefile writes the cell with a newline at its end", ["%%writefile a.txt\none", "open('a.txt').read()"], [
    result("'one\\n'"),
  ]],
  ["%history -n numbers cells and puts a longer cell on its own lines", ["x = 1\ny = 2", "%history -n 1"], [
    written("stdout", "   1:\nx = 1\ny = 2\n"),
  ]],
  ["%timeit -o returns its result", ["r = %timeit -o -q -n 1 -r 2 1", "r.loops, r.repeat, len(r.all_runs)"], [
    result("(1, 2, 2)"),
  ]],
  ["%cd shows an error and the current folder when it fails", ["%cd /nosuch"], [
    written("stdout", "[Errno 2] No such file or directory: '/nosuch'\n/home/user\n"),
  ]],
  ["%pip install reports that it finds no version, as pip does without a network", ["%pip install -q nosuch other"], [
    written(
      "stdout",
      "ERROR: Could not find a version that satisfies the requirement nosuch (from versions: none)\r\n" +
        "ERROR: No matching distribution found for nosuch\r\n" +
        "Note: you may need to restart the kernel to use updated packages.\n",
    ),
  ]],
  ["%pip install does not find a module of the standard library", ["%pip install json"], [
    written(
      "stdout",
      "ERROR: Could not find a version that satisfies the requirement json (from versions: none)\r\n" +
        "ERROR: No matching distribution found for json\r\n" +
        "Note: you may need to restart the kernel to use updated packages.\n",
    ),
  ]],
  ["a line magic needs no % in a cell of one line", ["pwd"], [result("'/home/user'")]],
  ["a variable hides the magic of the same name", ["pwd = 1", "pwd"], [result("1")]],
  ["an unknown cell magic has IPython's message", ["%%nosuch\n1"], [misused("Cell magic `%%nosuch` not found.")]],
  ["the message for a line magic called as a cell magic suggests the line magic", ["%%pwd\n1"], [
    misused("Cell magic `%%pwd` not found (But line magic `%pwd` exists, did you mean that instead?)."),
  ]],
  ["%%time rejects a statement in its first line", ["%%time x\n1"], [
    misused("Can't use statement directly after '%%time'!"),
  ]],
  ["%timeit rejects an unknown option", ["%timeit -z 1"], [
    misused('option -z not recognized (allowed: "n:r:tcp:qov:")'),
  ]],
  ["%timeit rejects an option without its argument", ["%timeit -n"], [
    misused('option -n requires argument (allowed: "n:r:tcp:qov:")'),
  ]],
  ["a cell magic without a body is rejected", ["%%time"], [
    misused("%%time is a cell magic, but the cell body is empty. Did you mean the line magic %time (single %)?"),
  ]],
  ["%%capture rejects an unknown option", ["%%capture --bogus\n1"], [misused("unrecognized arguments: --bogus")]],
  ["%%capture --no-display shows the value", ["%%capture --no-display c\nprint(1)\n2"], [result("2")]],
  ["capture_output() captures the outputs of a block", [
    "from IPython.utils.capture import capture_output\nwith capture_output() as c:\n    print('a'); display(1)\nc.stdout, c.outputs[0].data",
  ], [result("('a\\n', {'text/plain': '1'})")]],
  ["%precision sets the number of digits of floats", ["%precision 3", "1.23456, [2 / 3]"], [
    result("(1.235, [0.667])"),
  ]],
  ["%precision returns the format", ["%precision %.2e"], [result("'%.2e'")]],
  ["%xmode reports the new mode of tracebacks", ["%xmode\n%xmode plain"], [
    written("stdout", "Exception reporting mode: Verbose\nException reporting mode: Plain\n"),
  ]],
  ["%config can make a cell show all its values", ["%config InteractiveShell.ast_node_interactivity = 'all'", "1\n2"], [
    result("1"),
    result("2"),
  ]],
  ["InteractiveShell.ast_node_interactivity can make an assignment show its value", [
    "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'last_expr_or_assign'",
    "x = 6 * 7",
  ], [result("42")]],
  ["%config rejects a class without a setting", ["%config InlineBackend"], [
    misused("Invalid config statement: 'InlineBackend', should be `Class.trait = value`."),
  ]],
  ["%env replaces names by their values", ["name = 'zz'", "%env BAR={name}-$name"], [
    written("stdout", "env: BAR=zz-zz\n"),
  ]],
  ["%unload_ext reports an extension that is not loaded", ["%unload_ext foo"], [
    written("stdout", "The foo extension is not loaded.\n"),
  ]],
  ["%alias_magic gives a magic another name", ["%alias_magic -l here pwd\n%here"], [
    written("stdout", "Created `%here` as an alias for `%pwd`.\n"),
    result("'/home/user'"),
  ]],
  ["%store saves a variable, and %store -r restores it", ["kept = 4\n%store kept", "del kept\n%store -r\nkept"], [
    result("4"),
  ]],
  ["%pdoc and %pdef show the docstring and the signature of a function", [
    "def ff(a, b=2):\n    'Doc of ff.'",
    "%pdoc ff\n%pdef ff",
  ], [
    written(
      "stdout",
      "Class docstring:\n    Doc of ff.\nCall docstring:\n    Call self as a function. ff(a, b=2)\n ",
    ),
  ]],
  ["name? of an object shows its call signature and all docstrings", [
    "class C:\n    'A class.'\n    def __init__(self, a): 'Make.'\n    def __call__(self, z): 'Call.'\n    def __str__(self): return 'c'\nc = C(1)",
    "c?",
  ], [
    written(
      "stdout",
      "Signature:      c(z)\nType:           C\nString form:    c\nDocstring:      A class.\nInit docstring: Make.\nCall docstring: Call.",
    ),
  ]],
  ["%pushd goes to a folder, and %popd returns", ["%pushd /tmp", "%popd"], [
    written("stdout", "/home/user\npopd -> /home/user\n"),
  ]],
  ["%bookmark -l lists the bookmarked folders", ["%bookmark here\n%bookmark -l"], [
    written("stdout", "Current bookmarks:\nhere -> /home/user\n"),
  ]],
  ["%automagic switches automagic off", ["%automagic"], [
    written("stdout", "\nAutomagic is OFF, % prefix IS needed for line magics.\n"),
  ]],
  ["%debug reports that there is no debugger", ["%debug"], [
    written("stderr", "The offline model has no debugger.\n"),
  ]],
  ["%prun -q shows nothing", ["%prun -q sum([1])"], []],
  ["%history -g shows the matching cells with their numbers", ["a = 1\nb = 2", "%history -g a = 1"], [
    written("stdout", "   1:\na = 1\nb = 2\n   2: %history -g a = 1\n"),
  ]],
  ["%history -f writes to a file", ["a = 1", "%history -f h.txt 1\nopen('h.txt').read()"], [result("'a = 1\\n'")]],
  ["%reset -f out keeps the variables", ["a = 1\na", "%reset -f out\na"], [
    written("stdout", "Flushing output cache (1 entries)\n"),
    result("1"),
  ]],
  ["a class of magics can be registered", [
    "from IPython.core.magic import Magics, magics_class, line_magic, line_cell_magic\n@magics_class\nclass My(Magics):\n    @line_magic\n    def lm(self, line): return line, self.shell is get_ipython()\n    @line_cell_magic('both')\n    def lcm(self, line, cell=None): return line, cell\nget_ipython().register_magics(My)",
    "%lm x\nx = %lm x\ny = %both q\nx, y",
  ], [result("(('x', True), ('q', None))")]],
  ["a magic can parse its arguments with magic_arguments", [
    "from IPython.core.magic import register_line_magic\nfrom IPython.core.magic_arguments import *\nfrom IPython.core.magic_arguments import argument, magic_arguments, parse_argstring\n@register_line_magic\n@magic_arguments()\n@argument('-n', type=int, default=1)\n@argument('name')\ndef am(line):\n    args = parse_argstring(am, line)\n    return args.n, args.name",
    "%am -n 3 you",
  ], [result("(3, 'you')")]],
  ["display_html() with raw=True displays a text as HTML", [
    "from IPython.display import display_html\ndisplay_html('<b>h</b>', raw=True)",
  ], [
    { name: "display", arguments: { data: { "text/html": "<b>h</b>" } } },
  ]],
  ["YouTubeVideo has an iframe as its HTML", [
    "from IPython.display import YouTubeVideo\nYouTubeVideo('abc', width=10)._repr_html_().split()",
  ], [
    result(
      "['<iframe',\n 'width=\"10\"',\n 'height=\"300\"',\n 'src=\"https://www.youtube.com/embed/abc\"',\n 'frameborder=\"0\"',\n 'allowfullscreen',\n '></iframe>']",
    ),
  ]],
];

Deno.test("the offline model's magics behave as in IPython", async (t) => {
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
