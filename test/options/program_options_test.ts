/**
 * Options that only a program can give: objects and functions.
 *
 * @module
 */

import assert from "node:assert/strict";
import process from "node:process";
import { AIPythonAgent, type AIPythonAgentOptions, ConfigurationError, RequestLimiter } from "../../mod.ts";

const required = { notebookId: "notebook", authToken: "token", apiKey: "key", environment: {} };

/** Returns the issues that the constructor reports. */
function issuesOf(options: unknown): { option?: string; message: string }[] {
  try {
    new AIPythonAgent(options as AIPythonAgentOptions);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return [...error.issues];
  }
  return [];
}

/** Returns the only message when this option is given beside the required ones. */
function messageOf(option: string, value: unknown): string {
  const issues = issuesOf({ ...required, [option]: value });
  assert.deepEqual(issues.map((issue) => issue.option), [option]);
  return issues[0].message;
}

Deno.test("AIPythonAgent reports a wrong option with the given value and the expected type", () => {
  const methods = "expected an object with the methods debug, info, warn and error";
  const variables = "expected an object of variables, each of them text or undefined, such as process.env";
  const messages: [option: string, value: unknown, message: string][] = [
    ["requestLimiter", 5, "wrong option requestLimiter 5: expected a RequestLimiter"],
    ["requestLimiter", { acquire() {} }, "wrong option requestLimiter that is an object: expected a RequestLimiter"],
    ["logger", {}, `wrong option logger that is an object: ${methods}`],
    ["logger", null, `wrong option logger null: ${methods}`],
    ["logger", { debug() {}, info() {}, warn() {} }, `wrong option logger that is an object: ${methods}`],
    ["onUsage", "x", 'wrong option onUsage "x": expected a function'],
    ["onStatus", 1, "wrong option onStatus 1: expected a function"],
    ["onTrace", [() => {}], "wrong option onTrace that is a list: expected a function"],
    ["signal", new AbortController(), "wrong option signal that is an object: expected an AbortSignal"],
    ["environment", ["A=1"], `wrong option environment that is a list: ${variables}`],
    ["environment", { AIPYTHON_MODEL: 5 }, `wrong option environment that is an object: ${variables}`],
    ["environment", Deno.env, `wrong option environment that is an object: ${variables}`],
    ["environment", new Map(), `wrong option environment that is an object: ${variables}`],
  ];
  for (const [option, value, message] of messages) assert.equal(messageOf(option, value), message);
});

Deno.test("AIPythonAgent rejects options that are not an object, without showing a string that may be a key", () => {
  const example = 'expected an object, as in new AIPythonAgent({ model: "gpt-4o-mini" })';
  const messages: [options: unknown, message: string][] = [
    [null, `wrong options null: ${example}`],
    ["sk-s3cret", `wrong options that are a string: ${example}`],
    [["a"], `wrong options that are a list: ${example}`],
    [5, `wrong options 5: ${example}`],
    [() => ({}), `wrong options that are a function: ${example}`],
    [Promise.resolve(required), `wrong options that are an object: ${example}`],
    [new Map(Object.entries(required)), `wrong options that are an object: ${example}`],
  ];
  for (const [options, message] of messages) assert.deepEqual(issuesOf(options), [{ message }]);
});

Deno.test("AIPythonAgent reports wrong settings, wrong objects and unknown options at once", () => {
  const issues = issuesOf({ ...required, onUsge: () => {}, model: null, logger: 5, singal: null, quite: 1 });
  assert.deepEqual(issues.map(({ message }) => message), [
    "wrong model null (from model): expected text on one line; give the option model (flag --model NAME) or set AIPYTHON_MODEL",
    "wrong option logger 5: expected an object with the methods debug, info, warn and error",
    "unknown option onUsge: did you mean onUsage?",
    "unknown option singal: did you mean signal?",
    "unknown option quite",
  ]);
});

Deno.test("AIPythonAgent hides a secret that is given as the wrong option", () => {
  assert.match(messageOf("onTrace", "key"), /^wrong option onTrace "\[hidden\]":/);
});

Deno.test("AIPythonAgent treats undefined as an absent option", () => {
  const absent = { logger: undefined, requestLimiter: undefined, onUsage: undefined, onTrace: undefined };
  const { settings } = new AIPythonAgent({ ...required, ...absent, signal: undefined, model: undefined });
  assert.equal(settings.model, "gpt-4o-mini");
  assert.deepEqual(issuesOf({ ...required, environment: undefined }), []);
});

Deno.test("AIPythonAgent reads absent options from the given environment", () => {
  const environment = { NOTEBOOK_ID: "from-environment", AUTH_TOKEN: "t", OPENAI_API_KEY: "k" };
  assert.equal(new AIPythonAgent({ environment }).settings.notebookId, "from-environment");
});

Deno.test("AIPythonAgent accepts every valid form of an option", () => {
  class Lines {
    debug() {}
    info() {}
    warn() {}
    error() {}
  }
  const right: AIPythonAgentOptions[] = [
    { logger: console },
    { logger: new Lines() },
    { onUsage: async () => {}, onTrace: () => {} },
    { signal: new AbortController().signal },
    { signal: AbortSignal.abort() },
    { requestLimiter: new RequestLimiter(1) },
    { environment: process.env },
    { environment: { ...process.env, AIPYTHON_MODEL: undefined } },
    { environment: Object.assign(Object.create(null), { AIPYTHON_MODEL: "m" }) },
  ];
  for (const options of right) assert.deepEqual(issuesOf({ ...required, ...options }), []);
});
