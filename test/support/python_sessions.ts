/**
 * Random sessions of cells, with the names that are defined afterwards.
 *
 * @module
 */

import fc from "fast-check";

/** Cells that run in CPython one after another without an exception. */
export interface PythonSession {
  cells: { code: string; executionCount: number }[];
  /** The names that are defined at the end, sorted, without names that consist of underscores. */
  names: string[];
}

/** A statement to write, as numbers that choose among the available forms, names and values. */
type Choice = readonly [form: number, name: number, other: number, value: number];

const NAMES = ["a", "b", "c", "data", "f", "g", "i", "Model", "np", "total"];

const VALUES = [
  "5",
  "'text'",
  '"""two\nlines # no comment"""',
  "None",
  "{'k': [1, 2]}",
  "lambda x, y=2: x",
  "(1,\n    2,  # two\n    3)",
  `[${"123456, ".repeat(40)}]`,
  `'${"x".repeat(200)}'`,
  `{${Array.from({ length: 30 }, (_, index) => `"key${index}": ${index}`).join(", ")}}`,
  "[n * n for n in range(4)]",
  "f'{1!r:>{5}}'",
  `dict(${Array.from({ length: 30 }, (_, index) => `key${index}=${index}`).join(", ")})`,
];

/** Writes statements and tracks the defined names. */
class SessionWriter {
  readonly names = new Set<string>();

  write([form, nameChoice, otherChoice, valueChoice]: Choice): string {
    const pick = (choices: readonly string[], choice: number) => choices[choice % choices.length];
    const name = pick(NAMES, nameChoice);
    const other = pick(NAMES, otherChoice);
    const value = pick(VALUES, valueChoice);
    const existing = [...this.names];
    const known = existing.length === 0 ? "1" : `repr(${pick(existing, otherChoice)})`;
    const bind = (...names: string[]) => names.forEach((each) => this.names.add(each));
    const unbind = (each: string) => this.names.delete(each);
    const forms: (() => string)[] = [
      () => (bind(name), `${name} = ${value}`),
      () => (bind(name), `${name} = ${value}`),
      () => (bind(name), `${name}: object = ${value}  # a comment`),
      () => (bind(name, other), `${name} = ${other} = ${value}`),
      () => (bind(name, "rest"), `${name}, *rest = 1, ${value}, 3`),
      () => (bind(name), `(${name}), _ = [${value}, 2]`),
      () => (bind(name), `${name} = [${known}]`),
      () => {
        if (existing.length === 0) return "pass";
        const one = pick(existing, nameChoice);
        return `${one} = [${one}, ${value}]`;
      },
      () => (bind(name), `${name} = 1; ${name} += 2`),
      () => (bind(name), `${name} = {}\n${name}['k'] = ${value}`),
      () => (bind(name), `${name} = []\n${name}.append(${value})`),
      () => {
        if (existing.length === 0) return "# nothing";
        const one = pick(existing, nameChoice);
        unbind(one);
        return `del ${one}`;
      },
      () => (bind(name),
        `def ${name}(x, /, y=${value}, *args, z: int = 3, **kw) -> int:\n    """Does it."""\n    q = x\n    return q`),
      () => (bind(name), `@staticmethod\ndef ${name}(): return ${known}`),
      () => (bind(name),
        `async def ${name}(\n    x,  # first\n    y=1,\n):\n    '''Waits \\'so\\'.\n\n    More.\n    '''\n    return x`),
      () => (bind(name),
        `class ${name}(dict):\n    """A class."""\n    x: int = 1\n    table = ${value}\n    def method(self, x): return x\n    @property\n    def p(self): return 1`),
      () => (bind(name), `import os.path as ${name}`),
      () => (bind("os", "json"), "import os.path, json"),
      () => (bind("xml"), "import xml.dom\nimport xml.sax"),
      () => (bind("sqrt", name), `from math import (sqrt, pi as ${name})`),
      () => (bind("i", name), `for i in range(2):\n    ${name} = i\nelse:\n    pass`),
      () => (bind(name, other), `if True:\n    ${name} = ${value}\n    ${other} = 2\nelse:\n    ${name} = 0`),
      () => (bind(name), `try:\n    import json as ${name}\nexcept ImportError as e:\n    ${name} = None`),
      () => (bind("handle", name), `with open('/dev/null') as handle:\n    ${name} = handle.read()`),
      () => (bind(name), `while (${name} := 0):\n    pass`),
      () => (bind(name), `print(${name} := 5, end='')`),
      () => (bind(name, "tail"), `match [1, 2]:\n    case [${name}, *tail]:\n        pass`),
      () => (bind("k"), `[k := n for n in range(3)]`),
      () => (bind(name), `for n in [1]: ${name} = n\ndel n`),
      () => (bind(name), `${name} = \\\n    ${value}`),
      () => "# only a comment\n_ = 5",
    ];
    if (form % forms.length === 28) unbind("n");
    return forms[form % forms.length]();
  }
}

/** Returns sessions with up to `maxCells` cells. */
export function pythonSessions(maxCells: number): fc.Arbitrary<PythonSession> {
  const choice = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat());
  return fc.array(fc.array(choice, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: maxCells }).map(
    (cells) => {
      const writer = new SessionWriter();
      const written = cells.map((choices, index) => {
        return { code: choices.map((each) => writer.write(each)).join("\n"), executionCount: index + 1 };
      });
      return { cells: written, names: [...writer.names].sort() };
    },
  );
}
