/**
 * The names that a cell defines, changes and deletes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cellDefinitions } from "../../src/python/cell_definitions.ts";

const LONG_LIST = `[${"1, ".repeat(5_000)}]`;
const LONG_STRING = `'${"x".repeat(24_308)}'`;

/**
 * Returns the kind and names of each definition, such as `assignment a,b`, followed by `nested` for those in blocks.
 */
function definedBy(code: string): string[] {
  return cellDefinitions(code).map(({ kind, names, isNested }) => {
    return `${kind} ${names.join()}${isNested ? " nested" : ""}`.trim();
  });
}

const DEFINED: [code: string, definitions: string[]][] = [
  ["import a.b as c, d.e, f", ["import c", "import d", "import f"]],
  ["from ..x.y import (a, # first\n  b as q)", ["import a", "import q"]],
  ["from x import *", ["import"]],
  ["async def f(): pass", ["function f"]],
  ["@d\n@e(1)\nclass A(B): x = 1", ["class A"]],
  ["def f():\n    x = 1\n    for y in z: pass", ["function f"]],
  ["a = b = 1", ["assignment a,b"]],
  ["a: int = 1\nb: int", ["assignment a"]],
  ["(a, *b), [c, d.e] = x", ["assignment a,b,c", "change d"]],
  ["x = 1; y = 2", ["assignment x", "assignment y"]],
  ["type X[T] = list[T]", ["assignment X"]],
  ["print(n := 5)", ["assignment n"]],
  ["f(a=1, b==2)", []],
  ["[y := t for t in w if (q := t)]", ["assignment y", "assignment q"]],
  ["lambda x: (y := x)", []],
  ["for i, (j, k[0]) in x:\n    a = i\nelse:\n    b = 1", [
    "assignment i",
    "assignment j",
    "change k",
    "assignment a nested",
    "assignment b nested",
  ]],
  ["while (n := f()):\n    q = n", ["assignment n", "assignment q nested"]],
  ["with open(f) as g, h() as i:\n    z = 1", ["assignment g", "assignment i", "assignment z nested"]],
  ["with (open(f) as g, h() as i):\n    z = 1", ["assignment g", "assignment i", "assignment z nested"]],
  ["try:\n    import a\nexcept E as e:\n    a = None", ["import a nested", "assignment a nested"]],
  ["if x:\n    def f(): pass\nelif y:\n    class A: pass", ["function f nested", "class A nested"]],
  ["match x:\n    case [a, *b, {'k': v, **rest}]: pass\n    case P(u, w=t) as s: pass\n    case A.B | None: pass", [
    ..."a b v rest u t s".split(" ").map((name) => `assignment ${name}`),
  ]],
  ["x += 1\nx[0] = 1\nx.y.z = 2\nx[1] -= 1", ["change x", "change x", "change x", "change x"]],
  ["x = x + 1\na, b = b, a", ["change x", "change a,b"]],
  ["x, y = x", ["assignment x,y"]],
  ["x.append(1)\nawait x.y.go()\nz = x.pop()", ["call x", "call x", "assignment z", "call x"]],
  ["df.head()\nlen(x)\nx.a().b()", []],
  ["del a, b[0]", ["deletion a", "change b"]],
  ["_ = 1\n_, x, __ = y", ["assignment x"]],
  ["%time x = f()\nfiles = !ls -l\n%timeit y = 1", ["assignment x", "assignment files"]],
  ["if x:\n    !pip install y\n    z = 1", ["assignment z nested"]],
  ["%%capture out\n%%time\nx = 1", ["assignment x", "assignment out"]],
  ["%%capture --no-stderr\nx = 1", ["assignment x"]],
  ["%%bash --out a --err b\nls", ["assignment a", "assignment b"]],
  ["%%timeit\nx = 1", []],
  ["%%writefile a.txt\nx = 1", ["state"]],
  ["%cd data\n%matplotlib inline\n%env A=1", ["state", "state"]],
  ["pip install x\ny = 1", ["assignment y"]],
  ["x = = 2\ny = (1, 2\nz = 3", ["assignment z"]],
  ["x = 'a\0b'", []],
  ["f() = 3\n1 = 2", []],
  ["", []],
];

for (const [code, definitions] of DEFINED) {
  Deno.test(`cellDefinitions() lists ${JSON.stringify(definitions)} for ${JSON.stringify(code)}`, () => {
    assert.deepEqual(definedBy(code), definitions);
  });
}

const BRIEFS: [code: string, brief: string][] = [
  ["x = 5  # metres", "x = 5  # metres"],
  ["x = {\n  'a': 1,  # one\n}", "x = { 'a': 1, }"],
  [`x = ${LONG_LIST}`, "x = ...  # list of 5,000 items"],
  [`x: dict[str, list] = {"a": ${LONG_LIST}}`, "x: dict[str, list] = ...  # dict of 1 item"],
  [`x = y = ${LONG_STRING}`, "x = y = ...  # str of 24,310 characters"],
  [`x = b${LONG_STRING}`, "x = ...  # bytes of 24,311 characters"],
  [`a, b = ${LONG_LIST}, 2`, "a = b = ...  # tuple of 2 items"],
  [`df = pd.DataFrame(${LONG_LIST}, index=1)`, "df = ...  # pd.DataFrame(...)"],
  [`x = a or ${LONG_LIST}`, "x = ...  # 15,007 characters left out"],
  ["x = '''a\nb'''", "x = ...  # str of 9 characters"],
  ["files = !ls -l", "files = ...  # !ls -l"],
  ["with open('a') as f:\n    pass", "f = ...  # with open('a') as f"],
  ["for i in range(3):\n    pass", "i = ...  # for i in range(3)"],
  ["if x:\n    y = 5", "y = ...  # y = 5"],
  ["x += 1", "x = ...  # x += 1"],
  [
    "def f(a, /, b: int=2, # two\n      *args, c, **kw) -> int:\n    return 1",
    "def f(a, /, b: int=2, *args, c, **kw) -> int: ...",
  ],
  [`def f(a=${LONG_LIST}, b=None): pass`, "def f(a=..., b=None): ..."],
  [`def f(${"parameter, ".repeat(60)}): pass`, "def f(*args, **kwargs): ..."],
  [
    '@d\n@e(1)\nasync def f[T](x: T):\n    """Adds.\n\n    More."""\n    return x',
    '@d\n@e(1)\nasync def f[T](x: T):\n    """Adds."""\n    ...',
  ],
  [`@d(${LONG_LIST})\ndef f(): pass`, "@d(...)\ndef f(): ..."],
  [`def f():\n    'It is "so"'`, `def f():\n    'It is "so"'\n    ...`],
  [`def f():\n    """It is "so\n    """`, `def f():\n    """It is "so"""\n    ...`],
  [`def f():\n    """It is "so"\n    """`, "def f(): ..."],
  [`def f():\n    '''It is \\\n    so'''`, "def f(): ..."],
  [
    `class A(B, metaclass=C):\n    """Doc."""\n    x: int\n    y = 5\n    z = ${LONG_LIST}\n    @property\n    def p(self): return 1\n    def m(self, a=1):\n        "Does."\n        self.q = a`,
    'class A(B, metaclass=C):\n    """Doc."""\n    x: int\n    y = 5\n    z = ...  # list of 5,000 items\n    @property\n    def p(self): ...\n    def m(self, a=1): ...',
  ],
  ["class A: pass", "class A: ..."],
  ["def f(a):\n    with (open('a') as f, b() as g):\n        return 1", "def f(a): ..."],
];

for (const [code, brief] of BRIEFS) {
  Deno.test(`cellDefinitions() shortens ${JSON.stringify(code.slice(0, 60))} to ${JSON.stringify(brief)}`, () => {
    assert.equal(cellDefinitions(code)[0].brief, brief);
  });
}

Deno.test("cellDefinitions() returns each top-level statement without the cell's indentation", () => {
  const code = "    if a:\n        x = 1\n        y = 2\n\n    def f():\n        return 1  # one\n    # end";
  assert.deepEqual(cellDefinitions(code).map(({ source, statement }) => [source, statement]), [
    ["if a:\n    x = 1\n    y = 2", 1],
    ["if a:\n    x = 1\n    y = 2", 1],
    ["def f():\n    return 1  # one", 2],
  ]);
});

Deno.test("cellDefinitions() replaces magics in blocks by comments", () => {
  const [{ source }] = cellDefinitions("if a:\n    !ls \\\n      -l\n    %time x = 1\n    y = %env HOME");
  assert.equal(source, "if a:\n    pass  # !ls\n\n    x = 1\n    y = ...  # %env HOME");
});

const USES: [code: string, uses: string[]][] = [
  ["x = a + b.c[d]", ["a", "b", "d"]],
  ["def f(a, b=x):\n    y = a + z\n    return f(y)", ["x", "z"]],
  ["f = lambda x=x: x + y", ["x", "y"]],
  ["def f():\n    global g\n    g = 1\n    def h(): return g + w", ["g", "w"]],
  ["class A(B):\n    x = 1\n    y = x\n    def m(self): return x + q", ["B", "q", "x"]],
  ["x = [i + k for i in y if i]", ["k", "y"]],
  ["x = f'{a:>{w}} {b!r}'", ["a", "b", "w"]],
  ["x = f(key=value, *args)", ["args", "f", "value"]],
  ["@a.b(c)\ndef f(): pass", ["a", "c"]],
  ["for i in a:\n    t = i\n    s += t", ["a", "s"]],
];

for (const [code, uses] of USES) {
  Deno.test(`cellDefinitions() lists ${uses.join(", ")} as used in ${JSON.stringify(code)}`, () => {
    assert.deepEqual([...cellDefinitions(code)[0].uses].sort(), uses);
  });
}

Deno.test("cellDefinitions() accepts deeply nested code", () => {
  const depth = 500;
  for (
    const code of [`x = ${"(".repeat(depth)}1${")".repeat(depth)}`, `${"(a,".repeat(depth)}${")".repeat(depth)} = 1`]
  ) {
    assert.equal(cellDefinitions(code).length, 1);
  }
  assert.deepEqual(cellDefinitions("[".repeat(depth)), []);
});
