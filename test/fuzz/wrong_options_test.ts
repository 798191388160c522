/**
 * Every option of the constructor with every kind of invalid value: it must always throw a ConfigurationError.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { AIPythonAgent, type AIPythonAgentOptions, ConfigurationError } from "../../mod.ts";
import { fuzzing } from "./fuzzing.ts";

type OptionName = keyof AIPythonAgentOptions;

/** Values that most options reject, by name. */
const oddities: Readonly<Record<string, unknown>> = {
  null: null,
  NaN: NaN,
  negative: -1,
  fraction: 1.5,
  infinity: Infinity,
  bigint: 5n,
  true: true,
  symbol: Symbol("odd"),
  function: () => {},
  emptyText: "",
  control: "a\u0000b",
  emptyList: [],
  listOfNull: [null],
  holes: new Array(2),
  object: {},
  bare: Object.create(null),
  nested: { a: { b: 1 } },
  array: [[]],
  map: new Map(),
  date: new Date(0),
  promise: Promise.resolve(),
  pattern: /x/,
  boxedText: new String("text"),
  boxedNumber: new Number(5),
  textless: { toString: 0, valueOf: 0 },
};

/** The odd values that an option accepts, and more values that are wrong for it. */
interface Taste {
  takes?: readonly (keyof typeof oddities)[];
  wrong?: readonly unknown[];
}

const number: Taste = { wrong: ["ten", "-1", "1e3", "0x10", "1.5.2"] };
const seconds: Taste = { takes: ["fraction"], wrong: [0, "0", "30s", 2 ** 31] };
const truth: Taste = { takes: ["true"], wrong: ["maybe", 1, 0] };
const word: Taste = { wrong: ["nonsense", 1] };
const text: Taste = { wrong: [5, ["a"]] };
const id: Taste = { wrong: [5, "a b", "a/b", "a?b"] };
const header: Taste = { wrong: ["a b", "k\u2019y", 5] };
const listener: Taste = { takes: ["function"], wrong: ["x", 5, { call() {} }] };

/** All options. A new option must be added here. */
const tastes: { readonly [Name in OptionName]-?: Taste } = {
  notebookId: id,
  authToken: header,
  apiKey: header,
  model: text,
  syncUrl: { wrong: ["https://host", "nowhere", 5, new URL("ws://host")] },
  baseUrl: { wrong: ["wss://host", 5, new URL("http://host")] },
  headers: {
    takes: ["object", "bare"],
    wrong: ["no colon", { "X-Team": 5 }, { "a b": "c" }, { host: "h" }, new Headers()],
  },
  api: word,
  insecure: truth,
  organization: header,
  project: header,
  runtimeId: { wrong: ["42", "1e5", 42, "a b"] },
  maxHistoryLength: number,
  historyTokens: number,
  contextLength: { wrong: ["ten", 0, "0"] },
  includeOutputs: truth,
  reasoning: word,
  toolMode: word,
  maxOutputPerCell: number,
  maxFileCharacters: number,
  maxTokensPerSession: number,
  price: { wrong: ["1", "1,2,3,4", "a,b", { input: 1, output: 2 }, { input: 1, cachedInput: 2, output: 1 }, 5] },
  maxCostPerSession: { takes: ["fraction"], wrong: ["$5", "-1"] },
  maxCellsPerMinute: number,
  allowUsers: { takes: ["emptyList"], wrong: [5, [5], [""], "a,,b", { a: "b" }] },
  stopOnError: truth,
  aiCells: truth,
  connectTimeout: seconds,
  firstByteTimeout: seconds,
  stallTimeout: seconds,
  takeBack: truth,
  logger: { wrong: ["x", 5, { debug() {}, info() {}, warn() {} }, { debug: 1, info: 1, warn: 1, error: 1 }] },
  requestLimiter: { wrong: [5, "8", { limit: 5, acquire() {} }] },
  onStatus: listener,
  onUsage: listener,
  onTrace: listener,
  environment: { takes: ["object", "bare"], wrong: [5, "A=1", { A: 5 }, { A: null }, Deno.env, new Headers()] },
  signal: { wrong: [5, "abort", new AbortController(), { aborted: false, addEventListener() {} }] },
};

const right: AIPythonAgentOptions = {
  notebookId: "notebook",
  authToken: "token",
  apiKey: "key",
  price: { input: 1, cachedInput: 1, output: 1 },
  environment: {},
};

/** Returns the error that the constructor throws; `undefined` if it accepts the options. */
function errorOf(options: unknown): unknown {
  try {
    new AIPythonAgent(options as AIPythonAgentOptions);
  } catch (error) {
    return error;
  }
}

/** An option and a value that is wrong for it. */
const wrongOption = fc.constantFrom(...Object.keys(tastes) as OptionName[]).chain((name) => {
  const { takes = [], wrong = [] } = tastes[name];
  const odd = Object.keys(oddities).filter((key) => !takes.includes(key)).map((key) => oddities[key]);
  return fc.tuple(fc.constant(name), fc.constantFrom(...odd, ...wrong));
});

Deno.test("AIPythonAgent rejects every invalid value of every option with the option's name", () => {
  for (const [name, { takes = [], wrong = [] }] of Object.entries(tastes)) {
    for (const key of takes) assert.equal(errorOf({ ...right, [name]: oddities[key] }), undefined, `${name}: ${key}`);
    const odd = Object.entries(oddities).filter(([key]) => !takes.includes(key)).map(([, value]) => value);
    for (const value of [...odd, ...wrong]) {
      const error = errorOf({ ...right, [name]: value });
      assert.ok(error instanceof ConfigurationError, `${name}: ${Deno.inspect(value)} gives ${error}`);
      const about = error.issues.filter((issue) => issue.option === name);
      assert.equal(about.length, 1, `${name}: ${Deno.inspect(value)}: ${error.message}`);
      assert.match(about[0].message, new RegExp(`^(wrong|empty) .*\\b${name}\\b.*: expected `, "s"));
    }
  }
});

Deno.test("AIPythonAgent reports each of several wrong options once", () => {
  fc.assert(
    fc.property(fc.array(wrongOption, { minLength: 1, maxLength: 8 }), (wrong) => {
      const options = Object.fromEntries(wrong);
      const error = errorOf({ ...right, ...options });
      assert.ok(error instanceof ConfigurationError, String(error));
      const named = error.issues.map(({ option }) => option);
      for (const name of Object.keys(options)) assert.equal(named.filter((each) => each === name).length, 1, name);
    }),
    fuzzing(500),
  );
});

Deno.test("AIPythonAgent throws nothing but ConfigurationErrors for any options", () => {
  const anything = fc.oneof(
    fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
    fc.constantFrom(...Object.values(oddities)),
  );
  const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...Object.keys(tastes)) }, fc.string());
  const options = fc.oneof(anything, fc.dictionary(names, anything));
  fc.assert(
    fc.property(options, (options) => {
      const error = errorOf(options);
      assert.ok(error === undefined || error instanceof ConfigurationError, String(error));
      if (typeof options !== "object" && options !== undefined) assert.ok(error instanceof ConfigurationError);
    }),
    fuzzing(2_000),
  );
});
