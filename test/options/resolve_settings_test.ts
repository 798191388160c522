import assert from "node:assert/strict";
import { ConfigurationError } from "../../src/errors.ts";
import { type AIPythonAgentOptions, resolveSettings, type SettingSources } from "../../src/options/mod.ts";
import { collectSettings } from "../../src/options/resolve_settings.ts";

const required = { notebookId: "notebook", authToken: "token", apiKey: "key" };

/** Resolves the settings with the required ones and these. */
function resolve(given: AIPythonAgentOptions = {}, sources: SettingSources = {}) {
  return resolveSettings({ ...required, ...given }, sources);
}

/** Returns the messages about all wrong settings. */
function messages(given: Record<string, unknown>, sources: SettingSources = {}): string[] {
  try {
    resolveSettings(given, sources);
  } catch (error) {
    assert(error instanceof ConfigurationError);
    return error.issues.map(({ message }) => message);
  }
  return [];
}

Deno.test("resolveSettings() fills in the defaults", () => {
  assert.deepEqual(resolve({}, { randomId: () => "abc" }).settings, {
    ...required,
    model: "gpt-4o-mini",
    syncUrl: "wss://app.runt.run/livestore",
    baseUrl: "https://api.openai.com/v1",
    api: "auto",
    insecure: false,
    runtimeId: "aipython-abc",
    maxHistoryLength: 20,
    includeOutputs: true,
    reasoning: "auto",
    toolMode: "auto",
    maxOutputPerCell: 1_000_000,
    maxFileCharacters: 8_000,
    maxTokensPerSession: 0,
    maxCostPerSession: 0,
    maxCellsPerMinute: 0,
    allowUsers: [],
    stopOnError: true,
    aiCells: true,
    connectTimeout: 30,
    firstByteTimeout: 60,
    stallTimeout: 30,
    takeBack: true,
  });
});

Deno.test("resolveSettings() sets longer timeouts for a local model unless timeouts are given", () => {
  const timeouts = (options: AIPythonAgentOptions) => {
    const { firstByteTimeout, stallTimeout } = resolve(options).settings;
    return [firstByteTimeout, stallTimeout];
  };
  assert.deepEqual(timeouts({ baseUrl: "http://localhost:11434/v1" }), [600, 120]);
  assert.deepEqual(timeouts({ baseUrl: "http://192.168.1.7:8080/v1", insecure: true }), [600, 120]);
  assert.deepEqual(timeouts({ baseUrl: "https://models.example.com/v1" }), [60, 30]);
  assert.deepEqual(timeouts({ baseUrl: "http://localhost:11434/v1", firstByteTimeout: 60, stallTimeout: 5 }), [60, 5]);
});

Deno.test("resolveSettings() makes a new runtime id each time", () => {
  const [first, second] = [resolve().settings.runtimeId, resolve().settings.runtimeId];
  assert.match(first, /^aipython-[0-9a-f]{12}$/);
  assert.notEqual(first, second);
});

Deno.test("resolveSettings() prefers given options, then the environment, then the env file, then the default", () => {
  const environment = { AIPYTHON_MODEL: "from-environment" };
  const envFile = { AIPYTHON_MODEL: "from-file" };
  const model = (given: AIPythonAgentOptions, sources: SettingSources) => {
    const { settings, origins } = resolve(given, sources);
    return [settings.model, origins.model];
  };
  assert.deepEqual(model({ model: "given" }, { environment, envFile }), ["given", { source: "option", name: "model" }]);
  const fromEnvironment = { source: "environment", name: "AIPYTHON_MODEL" };
  assert.deepEqual(model({}, { environment, envFile }), ["from-environment", fromEnvironment]);
  assert.deepEqual(model({}, { envFile }), ["from-file", { source: "env file", name: "AIPYTHON_MODEL" }]);
  assert.deepEqual(model({}, {}), ["gpt-4o-mini", { source: "default" }]);
});

Deno.test("resolveSettings() treats undefined as absent, and 0 and false as given", () => {
  const environment = { AIPYTHON_MODEL: "m", AIPYTHON_MAX_HISTORY_LENGTH: "5", AIPYTHON_INCLUDE_OUTPUTS: "yes" };
  const { settings } = resolve({ model: undefined, maxHistoryLength: 0, includeOutputs: false }, { environment });
  assert.deepEqual([settings.model, settings.maxHistoryLength, settings.includeOutputs], ["m", 0, false]);
});

Deno.test("resolveSettings() treats an empty variable as not set", () => {
  const { settings, origins } = resolve({}, {
    environment: { AIPYTHON_MODEL: "", OPENAI_PROJECT: " " },
    envFile: { AIPYTHON_MODEL: "from-file" },
  });
  assert.equal(settings.model, "from-file");
  assert.equal(settings.project, undefined);
  assert.equal(origins.project, undefined);
});

Deno.test("resolveSettings() reads RUNT_API_KEY if AUTH_TOKEN is not set", () => {
  const token = (environment: Record<string, string>, envFile = {}) =>
    resolve({ authToken: undefined }, { environment, envFile }).settings.authToken;
  assert.equal(token({ AUTH_TOKEN: "a", RUNT_API_KEY: "b" }), "a");
  assert.equal(token({ RUNT_API_KEY: "b" }), "b");
  assert.equal(token({ RUNT_API_KEY: "b" }, { AUTH_TOKEN: "a" }), "b");
});

Deno.test("resolveSettings() reads all spellings of yes and no", () => {
  const read = (text: string) =>
    resolve({}, { environment: { AIPYTHON_INCLUDE_OUTPUTS: text } }).settings.includeOutputs;
  assert.deepEqual(["true", "1", "yes", "YES"].map(read), [true, true, true, true]);
  assert.deepEqual(["false", "0", "no", "False"].map(read), [false, false, false, false]);
});

Deno.test("resolveSettings() reports all problems at once, with the option, the flag and the variables", () => {
  assert.deepEqual(messages({ maxHistoryLength: -1 }, { environment: { OPENAI_BASE_URL: "localhost:a" } }), [
    "missing notebook id: give the option notebookId (flag --notebook ID) or set NOTEBOOK_ID",
    "missing auth token: give the option authToken (flag --auth-token TOKEN) or set AUTH_TOKEN or RUNT_API_KEY",
    'wrong base URL "localhost:a" (from OPENAI_BASE_URL): expected an address that begins with http:// or https://; ' +
    "give the option baseUrl (flag --base-url URL) or set OPENAI_BASE_URL",
    "wrong history length -1 (from maxHistoryLength): expected a whole number, 0 or more; " +
    "give the option maxHistoryLength (flag --max-history-length N) or set AIPYTHON_MAX_HISTORY_LENGTH",
  ]);
});

Deno.test("resolveSettings() rejects invalid values", () => {
  const wrong: Record<string, unknown[]> = {
    notebookId: ["", "a b", "https://app.runt.run/?notebook=x", "a,b", 7],
    apiKey: ["", "k y", "k\u2019y"],
    syncUrl: ["https://app.runt.run", "wss://", "app.runt.run", "ws:host"],
    baseUrl: ["wss://host", "https://"],
    api: ["both", ""],
    runtimeId: ["42", "0x10", "1e5", " 7 "],
    maxHistoryLength: ["1.5", "ten", "-1", 1.5, NaN, Infinity],
    includeOutputs: ["maybe", 1],
    connectTimeout: [0, "0", "30s", "0x10", "2147484", -1, NaN, Infinity],
    firstByteTimeout: [0],
    stallTimeout: [0],
    model: ["", "two\nlines"],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) assert.equal(messages({ ...required, [name]: value }).length, 1, `${name}=${value}`);
  }
});

Deno.test("resolveSettings() accepts fractions of a second and trims values", () => {
  const environment = { AIPYTHON_STALL_TIMEOUT: "0.5", AIPYTHON_MODEL: " gpt-4o\r" };
  const { stallTimeout, model } = resolve({}, { environment }).settings;
  assert.deepEqual([stallTimeout, model], [0.5, "gpt-4o"]);
});

Deno.test("resolveSettings() suggests the right name for a misspelt option", () => {
  assert.deepEqual(messages({ ...required, modle: "x", logger: undefined }), [
    "unknown option modle: did you mean model?",
  ]);
});

Deno.test("resolveSettings() shows no secret, even if it is wrong or given as the wrong option", () => {
  const secret = "sk-\u2019" + "s3cret".repeat(20);
  const all = messages({
    ...required,
    apiKey: secret,
    maxHistoryLength: secret,
    syncUrl: `https://u:pw@host/?${secret}`,
  });
  assert.equal(all.length, 3);
  assert.doesNotMatch(all.join("\n"), /s3cret|pw/);
  assert.match(all.join("\n"), /wrong sync URL "https:\/\/host\/\?\.\.\."/);
});

Deno.test("resolveSettings() hides a secret that another source overrides", () => {
  const environment = { OPENAI_API_KEY: "overruled", AIPYTHON_MAX_HISTORY_LENGTH: "overruled" };
  assert.match(messages(required, { environment }).join(), /wrong history length "\[hidden\]"/);
});

Deno.test("collectSettings() reads one or more notebooks and rejects duplicates", () => {
  const read = (NOTEBOOK_ID: string) => {
    const { settings, issues } = collectSettings({}, { environment: { NOTEBOOK_ID } }, "command", ["notebookIds"]);
    return settings.notebookIds ?? issues.map(({ message }) => message).join();
  };
  assert.deepEqual([read("a"), read("a, b,c")], [["a"], ["a", "b", "c"]]);
  for (const wrong of ["a,b,a", "a,,b", "a,b c", ","]) {
    assert.match(
      String(read(wrong)),
      /^wrong notebook id .* \(from NOTEBOOK_ID\): .*several with commas .* each once;/,
    );
  }
});

Deno.test("resolveSettings() reports options of the command as unknown", () => {
  const only = { notebookIds: ["a", "b"], maxConcurrentRequests: 4 } as AIPythonAgentOptions;
  assert.deepEqual(messages({ ...required, ...only }), [
    "unknown option notebookIds: did you mean notebookId?",
    "unknown option maxConcurrentRequests",
  ]);
});

Deno.test("collectSettings() names flags in messages for the command line", () => {
  const { issues } = collectSettings({ logLevel: "loud" }, {}, "command", ["notebookIds", "logLevel"]);
  assert.deepEqual(issues, [
    { option: "notebookIds", message: "missing notebook id: give --notebook ID or set NOTEBOOK_ID" },
    {
      option: "logLevel",
      message: 'wrong log level "loud" (from --log-level): expected debug, info, warn or error; ' +
        "give --log-level LEVEL or set AIPYTHON_LOG_LEVEL",
    },
  ]);
});
