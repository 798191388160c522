import assert from "node:assert/strict";
import fc from "fast-check";
import { commands } from "../../src/cli/commands.ts";
import { describeSetting, readCommandSettings } from "../../src/cli/command_settings.ts";
import { parseFlags } from "../../src/cli/flags.ts";
import { ConfigurationError } from "../../src/errors.ts";
import { listSettings } from "../../src/check/settings_check.ts";
import { commandOptionNames, optionNames } from "../../src/options/option_names.ts";
import { collectSettings, resolveSettings } from "../../src/options/resolve_settings.ts";
import type { OptionEntry } from "../../src/options/option_entry.ts";
import { optionTable } from "../../src/options/option_table.ts";
import { fuzzing } from "./fuzzing.ts";

/** A text that does not occur by chance. */
const secret = fc.tuple(fc.stringMatching(/^[a-z0-9]{4}$/), fc.string({ maxLength: 8 })).map(([a, b]) =>
  `hush${a}${b}`
);

/** Asserts that a text contains a secret neither as it is nor escaped as in JSON. */
function assertHides(written: string, hush: string): void {
  for (const form of [hush, JSON.stringify(hush).slice(1, -1)]) assert(!written.includes(form), written);
}

/** Values for options: valid, almost valid, and arbitrary ones. */
const value = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "0",
    "-1",
    "1e9",
    "true",
    "maybe",
    "auto",
    "wss://h",
    "ws://10.0.0.1",
    "http://[",
    "https://u:p@h?q#f",
    " ",
    "a,b,,",
  ),
);
const table = Object.entries<OptionEntry<unknown>>(optionTable);
const variables = table.flatMap(([, { environment }]) => environment);
const environment = fc.dictionary(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...variables) }, fc.string()),
  value,
);

/** Options that a program may pass. */
const given = fc.dictionary(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...optionNames) }, fc.string()),
  fc.oneof(value, fc.anything()),
);

Deno.test("collectSettings() accepts any options and environment, and each setting is valid or reported", () => {
  fc.assert(
    fc.property(given, environment, environment, (given, environment, envFile) => {
      const { settings, issues, origins } = collectSettings(given, { environment, envFile }, "library", optionNames);
      const wrong = new Set<string | undefined>(issues.map(({ option }) => option));
      for (const name of optionNames) {
        const option: OptionEntry<unknown> = optionTable[name];
        const held = settings[name];
        if (held === undefined) assert(option.fallback === undefined || wrong.has(name), name);
        else {
          assert(!wrong.has(name) && origins[name] !== undefined, name);
          assert.deepEqual(option.kind.read(held), held, name);
        }
      }
    }),
    fuzzing(1_000, [[{ notebookId: [{ toString: 0 }] }, {}, {}]]),
  );
});

Deno.test("resolveSettings() throws nothing but ConfigurationErrors for any options", () => {
  fc.assert(
    fc.property(given, environment, (given, environment) => {
      try {
        resolveSettings(given, { environment });
      } catch (error) {
        assert(error instanceof ConfigurationError, String(error));
      }
    }),
    fuzzing(1_000),
  );
});

Deno.test("no message about settings and no list of settings contains a secret", () => {
  const names = fc.constantFrom(...optionNames);
  fc.assert(
    fc.property(secret, secret, environment, names, (token, key, environment, other) => {
      const sources = { environment: { ...environment, AUTH_TOKEN: token }, envFile: { OPENAI_API_KEY: key } };
      // The key was passed as another option by mistake.
      const collected = collectSettings({ [other]: `${key}\n` }, sources, "command");
      const written = [
        ...collected.issues.map(({ message }) => message),
        ...commandOptionNames.filter((name) => name !== other).map((name) => describeSetting(name, collected)),
        ...listSettings(collected).filter(({ name }) => name !== other).map((row) => JSON.stringify(row)),
      ].join("\n");
      for (const hush of [token.trim(), key.trim()]) assertHides(written, hush);
    }),
    fuzzing(500),
  );
});

/** Words of a command line: flags, almost valid flags, values, and arbitrary text. */
const flags = table.flatMap(([, { flag }]) => [`--${flag}`, `--no-${flag}`, `-${flag}`, `--${flag.slice(0, -1)}`]);
const word = fc.oneof(
  fc.constantFrom(
    ...flags,
    "--",
    "-",
    "-h",
    "-V",
    "--env-file",
    "--output",
    "--offline",
    "--quiet",
    "-q",
    "-abc",
    "run",
  ),
  fc.tuple(fc.constantFrom(...flags), value).map(([flag, value]) => `${flag}=${value}`),
  value,
);
const argv = fc.array(word, { maxLength: 12 });
const command = fc.constantFrom(...commands);

/** Fails as if no file existed. */
function noFile(): never {
  throw Object.assign(new Error("there is none"), { code: "ENOENT" });
}

Deno.test("parseFlags() reads any command line of any command completely", () => {
  fc.assert(
    fc.property(argv, command, (args, command) => {
      const { values, operands, issues } = parseFlags(args, command);
      for (const value of Object.values(values)) assert.equal(typeof value, "string");
      assert(operands.length <= (command.operand === undefined ? 0 : 1));
      assert(issues.every(({ message }) => message !== ""));
    }),
    fuzzing(2_000),
  );
});

Deno.test("parseFlags() never takes a flag for a value, except after =", () => {
  fc.assert(
    fc.property(argv, command, (args, command) => {
      const { values, operands } = parseFlags(args, command);
      const end = args.indexOf("--");
      const known = new Set(command.settings.map((name) => `--${optionTable[name].flag}`));
      for (const taken of [...Object.values(values), ...operands]) {
        if (!known.has(taken) || args.some((arg) => arg.endsWith(`=${taken}`))) continue;
        assert(end !== -1 && args.lastIndexOf(taken) > end, `${taken} was taken for a value`);
      }
    }),
    fuzzing(2_000),
  );
});

Deno.test("readCommandSettings() throws nothing but ConfigurationErrors without secrets for any command line", () => {
  fc.assert(
    fc.property(argv, environment, command, secret, fc.nat(12), (args, environment, command, token, at) => {
      const line = [...args.slice(0, at), "--auth-token", token, ...args.slice(at)];
      const parsed = parseFlags(line, command);
      const context = {
        environment: { ...environment, OPENAI_API_KEY: token },
        environmentNames: () => [],
        readFile: noFile,
      };
      try {
        readCommandSettings(parsed, command, context);
      } catch (error) {
        assert(error instanceof ConfigurationError, String(error));
        assertHides(error.message, token.trim());
      }
    }),
    fuzzing(1_000),
  );
});
