import assert from "node:assert/strict";
import fc from "fast-check";
import { shortenLiterals } from "../../src/execution/prompt/shorten_literals.ts";
import { pastOf } from "../../src/execution/prompt/past_of.ts";
import { summarizePast } from "../../src/execution/prompt/summarize_past.ts";
import { cellDefinitions } from "../../src/python/cell_definitions.ts";
import { namesUsed } from "../../src/python/names_used.ts";
import { isPython, parsePython } from "../../src/python/python_tree.ts";
import { pythonSessions } from "../support/python_sessions.ts";
import { fuzzing } from "./fuzzing.ts";

const estimate = (text: string) => Math.ceil(text.length / 4);

/** Text that resembles Python, IPython's own syntax, or nothing. */
const anyCode = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(
    fc.constantFrom(
      ..."def f(x):\n|    |return x\n|x = |1|[1, 2, |]|(|)|{'k': |}|%time |%%capture out\n|%%bash\n|!ls|?|'''|'|\\\n|#|await |@d\n|class A|"
        .split("|"),
      ..."for i in |with (a as b, c as d):\n    |:\n|import a.b as c\n|from x import (|*|del x\n|:= |lambda |f'{|}|\0|\r\n|;|if x:\n|\n"
        .split("|"),
    ),
    { maxLength: 20 },
  ).map((parts) => parts.join("")),
);

/** The names that a summary binds, sorted; those of the statement of `import *` are unknown. */
function definedNames(summary: string): string[] {
  const names = new Set<string>();
  for (const { kind, names: each } of cellDefinitions(summary)) {
    for (const name of each) {
      if (kind === "deletion") names.delete(name);
      else names.add(name);
    }
  }
  return [...names].sort();
}

function summarize(
  cells: { code: string; executionCount: number }[],
  used: readonly string[],
  maxTokens: number,
): string {
  return summarizePast({ past: pastOf(cells), usedLater: new Set(used), maxTokens, estimate });
}

Deno.test("whatever cells have defined, its summary is Python that defines the names that exist, and fits", () => {
  fc.assert(
    fc.property(pythonSessions(12), fc.nat(600), fc.nat(), ({ cells, names }, maxTokens, choice) => {
      const used = names.filter((_, index) => (choice >> index) % 2 === 1);
      for (const tokens of [maxTokens, Infinity]) {
        const summary = summarize(cells, used, tokens);
        assert.ok(isPython(parsePython(summary)), summary);
        assert.ok(estimate(summary) <= tokens || /^# \d+ older names? (?:is|are) left out$/.test(summary), summary);
        const defined = definedNames(summary);
        const omitted = Number(/^# (\d+) older/.exec(summary)?.[1] ?? 0);
        assert.ok(defined.every((name) => names.includes(name)), summary);
        assert.equal(defined.length + omitted, names.length, summary);
      }
    }),
    fuzzing(300),
  );
});

Deno.test("however many tokens a summary of the past may take, more never take detail from a name that is used", () => {
  fc.assert(
    fc.property(pythonSessions(12), fc.nat(500), fc.nat(500), fc.nat(), ({ cells, names }, fewer, more, choice) => {
      const used = names.filter((_, index) => (choice >> index) % 2 === 1);
      const definitions = cells.flatMap(({ code }) => cellDefinitions(code));
      const [short, long] = [fewer, fewer + more].map((tokens) => `\n${summarize(cells, used, tokens)}\n`);
      const detailOf = (name: string, summary: string) => {
        const ofName = definitions.filter((each) => each.kind !== "import" && each.names.join() === name);
        if (ofName.some(({ source }) => summary.includes(`\n${source}\n`))) return 2;
        return ofName.some(({ brief }) => summary.includes(`\n${brief}\n`)) ? 1 : 0;
      };
      for (const name of used) {
        assert.ok(detailOf(name, short) <= detailOf(name, long), `${name}: ${short} and ${long}`);
      }
    }),
    fuzzing(300),
  );
});

Deno.test("whatever text cells hold, they are summed up as Python, and the same way each time", () => {
  fc.assert(
    fc.property(fc.array(anyCode, { maxLength: 4 }), fc.nat(100), (codes, maxTokens) => {
      const cells = codes.map((code, index) => ({ code, executionCount: index + 1 }));
      const summary = summarize(cells, ["x"], maxTokens);
      assert.ok(isPython(parsePython(summary)), summary);
      assert.equal(summarize(cells, ["x"], maxTokens), summary);
    }),
    fuzzing(1_000),
  );
});

Deno.test("whatever text a cell holds, the names it uses are listed, and its literals are cut", () => {
  fc.assert(
    fc.property(anyCode, fc.nat(30), (code, limit) => {
      assert.ok(namesUsed(code).size <= code.length);
      const shortened = shortenLiterals(code, limit);
      if (code.length <= limit) assert.equal(shortened, code);
    }),
    fuzzing(1_000),
  );
});
