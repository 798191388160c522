import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, result } from "./support.ts";

const IMPORTS = "import math, os, platform, random, sys\nfrom decimal import Decimal\nfrom fractions import Fraction\n";

/** Expressions, each with the value that CPython 3.14 shows on 64-bit Linux. */
const VALUES: [string, string][] = [
  ["sys.maxsize, sys.platform, sys.executable", "(9223372036854775807, 'linux', '/usr/bin/python3')"],
  ["platform.system(), platform.machine(), os.name", "('Linux', 'x86_64', 'posix')"],
  ["os.uname().sysname, type(os.uname()).__name__", "('Linux', 'uname_result')"],
  ["[sys.getsizeof(x) for x in (0, 1, 2**30, 2**60, True, 1.5, 1j, None)]", "[28, 28, 32, 36, 28, 24, 32, 16]"],
  ["[sys.getsizeof(x) for x in ('', 'a', 'éa', '€', 'x😀', b'abc', bytearray())]", "[41, 42, 59, 60, 68, 36, 56]"],
  ["[sys.getsizeof(x) for x in ((), (1, 2, 3), [], [1], [1, 2, 3], list(range(10)))]", "[48, 72, 56, 64, 88, 136]"],
  [
    "[sys.getsizeof(x) for x in ({}, {'a': 1}, {1: 2}, dict.fromkeys(range(100)), dict.fromkeys(range(1000)))]",
    "[64, 184, 224, 4688, 36952]",
  ],
  ["[sys.getsizeof(x) for x in (set(), set(range(20)), object(), range(3), len)]", "[216, 2264, 16, 48, 72]"],
  ["hash(-1), hash(2**31), hash(2**61), hash(10**30)", "(-2, 2147483648, 1, 465258685558744706)"],
  ["hash(0.5), hash(1.5), hash(-0.5)", "(1152921504606846976, 1152921504606846977, -1152921504606846976)"],
  [
    "hash((1, 2, 3)), hash(()), hash(frozenset([1, 2]))",
    "(529344067295497451, 5740354900026072187, -1826646154956904602)",
  ],
  ["hash(Fraction(1, 2)) == hash(Decimal('0.5')) == hash(0.5)", "True"],
  ["hash('a') == hash('a'), hash('a') == hash(str('ab')[0]), hash('')", "(True, True, 0)"],
  ["len(hex(id([]))), id(sys) == id(sys)", "(14, True)"],
  ["random.seed(3)\nrandom.sample(range(10**12), 3)", "[649562111997, 144071367498, 522284859645]"],
  ["random.choice(range(10**12)) < 10**12", "True"],
];

/** Expressions that overflow CPython's own numbers, each with the message of the OverflowError. */
const OVERFLOWS: [string, string][] = [
  ["2.0**5000", "(34, 'Numerical result out of range')"],
  ["math.exp(1000)", "math range error"],
  ["math.factorial(10**20)", "factorial() argument should not exceed 9223372036854775807"],
  ["float(10**400)", "int too large to convert to float"],
  ["10**400 / 3", "integer division result too large for a float"],
  ["'a' * 2**63", "cannot fit 'int' into an index-sized integer"],
];

Deno.test("values are those of 64-bit Linux, although Python runs on 32-bit WebAssembly", async (t) => {
  await using model = await startOfflineModel();
  for (const [expression, text] of VALUES) {
    await t.step(
      `${expression} gives ${text}`,
      async () => assert.deepEqual(await ask(model, [IMPORTS + expression]), [result(text)]),
    );
  }
  for (const [expression, message] of OVERFLOWS) {
    await t.step(`${expression} raises OverflowError`, async () => {
      const caught = `${IMPORTS}try: ${expression}\nexcept OverflowError as error: print(error)\n${expression}`;
      const [{ arguments: { text } }, { arguments: { ename, evalue } }] = await ask(model, [caught]);
      assert.deepEqual({ text, ename, evalue }, { text: `${message}\n`, ename: "OverflowError", evalue: message });
    });
  }

  await t.step("a repr shows a 64-bit address, and text that looks like an address is unchanged", async () => {
    const code = "x = object()\nprint(hex(id(x)) in repr([x]) or hex(id(x)))\nprint('at 0xdeadbeef')\n[x, x, x]";
    const calls = await ask(model, [code]);
    const [{ arguments: { text } }, { arguments: { data } }] = calls;
    const address = /0x7f[0-9a-f]{10}/.exec(String(text))?.[0];
    const shown = `<object at ${address}>`;
    assert.equal(text, `${address}\nat 0xdeadbeef\n`);
    assert.deepEqual(data, { "text/plain": `[${shown},\n ${shown},\n ${shown}]` });
  });

  await t.step("a user-defined __hash__() is called once", async () => {
    const code = "class H:\n    def __hash__(self):\n        print('asked')\n        return hash((1, 2, 3))\nhash(H())";
    const [{ arguments: { text } }, value] = await ask(model, [code]);
    assert.deepEqual([text, value], ["asked\n", result("529344067295497451")]);
  });
});
