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

/** Text that resembles Python or IPython's syntax, or any text. */
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

/** Returns the names that a summary defines, sorted. The names of an `import *` are unknown. */
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

Deno.test("summarizePast() returns Python of limited size that defines only names of the session", () => {
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

Deno.test("summarizePast() keeps every detail of a used name when the limit of tokens is raised", () => {
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

Deno.test("summarizePast() returns the same Python each time for cells with any text", () => {
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

Deno.test("namesUsed() and shortenLiterals() accept any text", () => {
  fc.assert(
    fc.property(anyCode, fc.nat(30), (code, limit) => {
      assert.ok(namesUsed(code).size <= code.length);
      const shortened = shortenLiterals(code, limit);
      if (code.length <= limit) assert.equal(shortened, code);
    }),
    fuzzing(1_000),
  );
});
