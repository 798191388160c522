/**
 * Tracebacks that a model wrote: the parts that are added, kept and removed.
 *
 * @module
 */

import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { header, pretty, RULE, shown } from "./shown_traceback.ts";

Deno.test("prettyTraceback() adds the rule and the header to a single line", () => {
  deepStrictEqual(shown({ traceback: ["ValueError: x"] }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name and the message when there is no traceback", () => {
  deepStrictEqual(shown({ traceback: [] }), [RULE, header("ValueError"), "ValueError: x"]);
  deepStrictEqual(shown({ traceback: "" }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name and a colon when the message is empty", () => {
  const expected = [RULE, header("KeyboardInterrupt"), "KeyboardInterrupt: "];
  deepStrictEqual(shown({ ename: "KeyboardInterrupt", evalue: "" }), expected);
  deepStrictEqual(shown({ ename: "KeyboardInterrupt", evalue: "", traceback: "KeyboardInterrupt" }), expected);
});

Deno.test("prettyTraceback() adds a message that is missing in the last line", () => {
  strictEqual(shown({ traceback: ["ValueError"] }).at(-1), "ValueError: x");
  strictEqual(shown({ traceback: ["Cell In[7], line 1", "----> 1 f()"] }).at(-1), "ValueError: x");
});

Deno.test("prettyTraceback() keeps the quotes of a KeyError", () => {
  strictEqual(shown({ ename: "KeyError", evalue: "'k'", traceback: ["KeyError: 'k'"] }).at(-1), "KeyError: 'k'");
  strictEqual(shown({ ename: "KeyError", evalue: "'k'" }).at(-1), "KeyError: 'k'");
});

Deno.test("prettyTraceback() keeps a message of several lines, including blank ones", () => {
  const evalue = "first\n\n  second\nDuring handling of the above exception, another exception occurred:\nthird";
  const expected = [RULE, header("ValueError"), ...`ValueError: ${evalue}`.split("\n")];
  deepStrictEqual(shown({ evalue }), expected);
  deepStrictEqual(shown({ evalue, traceback: `ValueError: ${evalue}\n` }), expected);
  deepStrictEqual(shown({ evalue, traceback: expected }), expected);
});

Deno.test("prettyTraceback() adds a missing rule and header to IPython's form", () => {
  const frame = ["Cell In[7], line 2, in f(x)", "      1 def f(x):", "----> 2     return 1 / x"];
  const expected = [RULE, header("ValueError"), ...frame, "", "ValueError: x"];
  deepStrictEqual(shown({ traceback: [...frame, "ValueError: x"] }), expected);
  deepStrictEqual(shown({ traceback: [...frame, "", "ValueError: x", ""].map((line) => line + "\n") }), expected);
  deepStrictEqual(
    shown({ traceback: ["ValueError Traceback (most recent call last)", ...frame, "ValueError: x"] }),
    expected,
  );
});

Deno.test("prettyTraceback() keeps notes as separate entries, without colour", () => {
  const frame = ["Cell In[7], line 1", "----> 1 f()"];
  const entries = pretty({ traceback: [...frame, "", "ValueError: x", "note: one", "", "ValueError: two"] });
  deepStrictEqual(entries.slice(3), ["\x1b[31mValueError\x1b[39m: x", "note: one", "", "ValueError: two"]);
});

Deno.test("prettyTraceback() shows the notes of a chained exception", () => {
  const link = "The above exception was the direct cause of the following exception:";
  const traceback = ["KeyError: 'k'", "a note", "", link, "", "ValueError: x", "another"];
  deepStrictEqual(shown({ traceback }), [
    RULE,
    header("KeyError"),
    "KeyError: 'k'",
    "a note",
    "",
    link,
    "",
    header("ValueError"),
    "ValueError: x",
    "another",
  ]);
});

Deno.test("prettyTraceback() joins the mark of omitted lines with the next line", () => {
  const traceback = ["Cell In[7], line 1", "----> 1 f(", "   (...)", "      9 )", "ValueError: x"];
  deepStrictEqual(shown({ traceback }).slice(3, 5), ["----> 1 f(", "   (...)      9 )"]);
  strictEqual(pretty({ traceback })[2].split("\n")[2], "\x1b[32m   (...)\x1b[39m\x1b[32m      9\x1b[39m )");
  const failing = ["Cell In[7], line 9", "      1 f(", "   (...)", "----> 9 g())", "ValueError: x"];
  strictEqual(
    pretty({ traceback: failing })[2].split("\n")[2],
    "\x1b[32m   (...)\x1b[39m\x1b[32m----> \x1b[39m\x1b[32m9\x1b[39m g())",
  );
});

Deno.test("prettyTraceback() removes CPython's suggestions unless they are part of the message", () => {
  const last = (ename: string, evalue: string, line: string) =>
    shown({ ename, evalue, traceback: [line] }).findLast((line) => line !== "");
  const name = "name 'foo' is not defined";
  strictEqual(last("NameError", name, `NameError: ${name}. Did you mean: 'fop'?`), `NameError: ${name}`);
  strictEqual(last("NameError", name, `NameError: ${name}. Did you forget to import 'foo'?`), `NameError: ${name}`);
  const keyword = "f() got an unexpected keyword argument 'alhpa'. Did you mean 'alpha'?";
  strictEqual(last("TypeError", keyword, `TypeError: ${keyword}`), `TypeError: ${keyword}`);
  const syntax = "SyntaxError: invalid syntax";
  strictEqual(last("SyntaxError", "invalid syntax (1.py, line 1)", `${syntax}. Did you mean 'while'?`), syntax);
  const link = "During handling of the above exception, another exception occurred:";
  const chain = ["AttributeError: no attribute 'x'. Did you mean: 'y'?", "", link, "", "ValueError: x"];
  strictEqual(shown({ traceback: chain })[2], "AttributeError: no attribute 'x'");
});

Deno.test("prettyTraceback() shows SystemExit without its stack frames", () => {
  const traceback = [RULE, header("SystemExit"), "Cell In[7], line 1", "----> 1 sys.exit(3)", "", "SystemExit: 3"];
  const expected = ["An exception has occurred, use %tb to see the full traceback.", "", "SystemExit: 3", ""];
  deepStrictEqual(shown({ ename: "SystemExit", evalue: "3", traceback }), expected);
});

Deno.test("prettyTraceback() replaces other colours and removes control sequences", () => {
  const traceback = ["\x1b[1;35mCell In[7], line 1\x1b[0m", "\x1b[2J\x1b]0;title\x07----> 1 f()", "ValueError: \x1bx"];
  strictEqual(pretty({ traceback })[2], pretty({ traceback: ["Cell In[7], line 1", "----> 1 f()"] })[2]);
  strictEqual(pretty({ traceback })[3], "\x1b[31mValueError\x1b[39m: x");
});
