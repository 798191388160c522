/**
 * The share of a request that a provider's prompt cache can reuse.
 *
 * @module
 */

import assert from "node:assert/strict";
import { notebookRequests } from "../../bench/prompt/notebook_requests.ts";
import { notebookSession } from "../../bench/prompt/notebook_session.ts";
import { overallShare, prefixShares, repeatedShare, sharesOf } from "../../bench/prompt/prefix_share.ts";
import { sessionWithFiles } from "../../bench/prompt/session_files.ts";
import { buildRequests } from "../../bench/prompt/session_requests.ts";
import { session } from "../../bench/prompt/session.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { DEFAULT_FORM, type RequestForm, withShape } from "../../src/model/request_form.ts";

for (
  const options of [{ maxHistoryLength: 20, includeOutputs: true }, { maxHistoryLength: 20, includeOutputs: false }]
) {
  Deno.test(`at least 90 % of a request repeats the previous one over 100 cells, with ${JSON.stringify(options)}`, () => {
    const share = overallShare(prefixShares(session(100), options));
    assert.ok(share >= 0.9, `${share}`);
  });
}

for (const contextLength of [undefined, 131_072, 32_768, 16_384]) {
  Deno.test(`at least 90 % of a request repeats the previous one over 100 cells that read files, in a context of ${contextLength ?? "unknown"} tokens`, () => {
    const plan = new ContextBudget().plan(contextLength);
    const share = overallShare(prefixShares(sessionWithFiles(100), {
      maxHistoryLength: 20,
      includeOutputs: true,
      ...plan,
    }));
    assert.ok(share >= 0.9, `${share}`);
  });
}

Deno.test("every upload in the session with files is described exactly once", () => {
  const cells = sessionWithFiles(100);
  const requests = buildRequests(cells, { maxHistoryLength: 100, includeOutputs: true, historyTokens: 1_000_000 });
  const described = requests.at(-1)!.messages.flatMap(({ content }) =>
    content?.match(/^File "table_\d\.csv".*/gm) ?? []
  );
  const uploads = new Set(cells.flatMap(({ files = [] }) => files.map(({ version }) => version)));
  assert.equal(uploads.size, 4);
  assert.equal(described.length, uploads.size);
});

for (const contextLength of [undefined, 131_072]) {
  for (const codeCells of [60, 100]) {
    Deno.test(`requests of ${codeCells} cells with files and AI cells repeat the previous ones, in a context of ${contextLength ?? "unknown"} tokens`, () => {
      const plan = new ContextBudget().plan(contextLength);
      const requests = notebookRequests(notebookSession(codeCells), {
        maxHistoryLength: 20,
        includeOutputs: true,
        ...plan,
      });
      const code = sharesOf(requests.code);
      const questions = sharesOf(requests.questions);
      assert.equal(questions.length, codeCells / 4);
      assert.ok(overallShare(code) >= 0.9, `${overallShare(code)} of a cell's request`);
      // Cells since the previous question are new: 11 % of the text that the shorter session's questions send.
      assert.ok(overallShare(questions) >= 0.88, `${overallShare(questions)} of a question's`);
      assert.ok(repeatedShare(questions) >= 0.94, `${repeatedShare(questions)} of what a question's could repeat`);
      const all = overallShare([...code, ...questions.slice(1)]);
      assert.ok(all >= 0.9, `${all} of all`);
    });
  }
}

const forms: Record<string, RequestForm> = {
  "Responses": { ...DEFAULT_FORM, api: "responses" },
  "one call per turn": withShape(DEFAULT_FORM, { callsPerTurn: "one" }),
  "no bridging turn": withShape(DEFAULT_FORM, { bridge: false }),
  "joined user turns and the system prompt in the first": withShape(DEFAULT_FORM, { joinUsers: true, system: "user" }),
  "silent cells joined to the next": withShape(DEFAULT_FORM, { silentCells: "joined", bridge: false }),
  "text": withShape(DEFAULT_FORM, { calls: "text" }),
};

for (const [name, form] of Object.entries(forms)) {
  Deno.test(`at least 90 % of a request repeats the previous one over 100 cells, with the request form "${name}"`, () => {
    const share = overallShare(prefixShares(session(100), { maxHistoryLength: 20, includeOutputs: true, form }));
    assert.ok(share >= 0.9, `${share}`);
  });
}

for (const contextLength of [16_384, 8_192, 6_144, 4_096]) {
  for (const calls of ["tools", "text"] as const) {
    Deno.test(`at least 90 % of a request repeats the previous one over 100 cells, in a context of ${contextLength} tokens with calls as ${calls}`, () => {
      const plan = new ContextBudget().plan(contextLength);
      const form = withShape(DEFAULT_FORM, { calls, silentCells: "joined", bridge: false });
      const share = overallShare(
        prefixShares(session(100), { maxHistoryLength: 20, includeOutputs: true, form, ...plan }),
      );
      assert.ok(share >= 0.9, `${share}`);
    });
  }
}

Deno.test("a request repeats the previous one up to its last cell, unless the history is trimmed", () => {
  const shares = prefixShares(session(100), { maxHistoryLength: 20, includeOutputs: true });
  const trimmed = shares.slice(1).filter(({ shared }, index) => shared < 0.95 * (shares[index].characters - 700));
  assert.ok(trimmed.length <= 9, trimmed.map(({ executionCount }) => executionCount).join(" "));
});

Deno.test("the benchmark's session is the same every time", () => {
  assert.deepEqual(session(30), session(40).slice(0, 30));
  assert.ok(session(10).some(({ outputs }) => outputs.some(({ type }) => type === "error")));
});
