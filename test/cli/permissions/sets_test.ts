/**
 * The permission sets of `deno.json`: each one is sufficient for its command, and every permission in it is necessary.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CommandEntry } from "../../../src/cli/command.ts";
import { commands } from "../../../src/cli/commands.ts";
import { azureVariableNames } from "../../../src/options/azure_variables.ts";
import type { OptionEntry } from "../../../src/options/option_entry.ts";
import { optionTable } from "../../../src/options/option_table.ts";
import { permissionSets } from "./clone.ts";
import { jobs } from "./jobs.ts";
import { reductions } from "./reductions.ts";
import { openWorkshop } from "./workshop.ts";

/** Returns the command of a permission set: `kernel-install` belongs to `aipython kernel install`. */
function commandOf(set: string): CommandEntry {
  const command = commands.find(({ name }) => (name || "attach").replace(" ", "-") === set);
  assert.ok(command, `deno.json has the permission set "${set}", and no command has this name`);
  return command;
}

/** Returns the variables that set a command's options. The product's own variables are covered by the pattern `AIPYTHON_*`. */
function optionVariables(command: string): string[] {
  const table: Record<string, OptionEntry<unknown>> = optionTable;
  const { settings: names } = commandOf(command);
  const ofAzure = names.includes("baseUrl") ? azureVariableNames : [];
  const variables = [...names.flatMap((name) => table[name].environment), ...ofAzure];
  return [...new Set(variables.map((name) => name.replace(/^AIPYTHON_.*/, "AIPYTHON_*")))];
}

/**
 * The variables that a command reads in addition to those of its options. Deno lets every program read `NO_COLOR` and
 * `FORCE_COLOR`.
 */
const furtherVariables: Readonly<Record<string, readonly string[]>> = {
  attach: [],
  check: ["TERM"],
  health: [],
  run: ["TERM", "TMPDIR", "TMP", "TEMP"],
  repl: ["TERM", "TMPDIR", "TMP", "TEMP", "HOME", "XDG_STATE_HOME", "LOCALAPPDATA"],
  kernel: ["JPY_PARENT_PID", "JUPYTER_ALLOW_INSECURE_WRITES"],
  "kernel-install": [
    "TMPDIR",
    "TMP",
    "TEMP",
    "HOME",
    "APPDATA",
    "XDG_DATA_HOME",
    "JUPYTER_DATA_DIR",
    "JUPYTER_PATH",
    "JUPYTER_RUNTIME_DIR",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
  ],
};

/** The kinds of permissions that each command has. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  attach: ["net", "env", "read"],
  check: ["net", "env", "read"],
  health: ["net", "env", "read"],
  run: ["net", "env", "read", "write"],
  repl: ["net", "env", "read", "write"],
  kernel: ["net", "env", "read"],
  "kernel-install": ["env", "read", "write"],
};

Deno.test("a permission set contains exactly the variables that its command reads", () => {
  assert.deepEqual(Object.keys(permissionSets), Object.keys(furtherVariables));
  for (const [name, { env }] of Object.entries(permissionSets)) {
    const expected = [...optionVariables(name), ...furtherVariables[name]];
    assert.deepEqual(env?.allow?.toSorted(), expected.toSorted(), name);
  }
});

/** The paths that a command may read, if it may not read everything. */
const readable: Readonly<Record<string, readonly string[]>> = {
  attach: [".env", "node_modules"],
  check: [".env", "node_modules"],
  health: [".env"],
};

Deno.test("a permission set contains only the expected kinds of permissions and paths", () => {
  for (const [name, set] of Object.entries(permissionSets)) {
    assert.deepEqual(Object.keys(set), kinds[name], name);
    assert.deepEqual(set.read, readable[name] ?? true, name);
  }
});

/**
 * Variables that are read only on other systems, or only if the parent process exits first. The jobs cannot show that they are
 * read.
 */
const elsewhereOnly = Deno.build.os === "windows" ? [] : ["LOCALAPPDATA", "APPDATA", "JPY_PARENT_PID"];

Deno.test({
  name: "a command does its job with its permission set, and fails if any permission is missing",
  ignore: Deno.build.os === "windows", // The jobs need a pseudo-terminal.
  async fn(t) {
    const variants = Object.entries(permissionSets).flatMap(([command, set]) => [
      { command, name: command, set, missing: undefined },
      ...reductions(set).map(({ missing, set }, index) => ({ command, name: `${command}-${index}`, set, missing })),
    ]);
    await using workshop = await openWorkshop(Object.fromEntries(variants.map(({ name, set }) => [name, set])));
    for (const { command, name, missing } of variants) {
      const { whole, variables } = jobs[command];
      const place = await workshop.place(name);
      if (missing === undefined) {
        await t.step(`aipython ${command} does its job with its permission set`, () => whole(place));
        for (const [variable, job] of Object.entries(variables)) {
          await t.step(`aipython ${command} reads ${variable}`, () => job(place));
        }
        continue;
      }
      const variable = /^env (.*)/.exec(missing)?.[1];
      if (variable !== undefined && (optionVariables(command).includes(variable) || elsewhereOnly.includes(variable))) {
        continue;
      }
      await t.step(`aipython ${command} fails without ${missing}`, async () => {
        await assert.rejects(variable === undefined ? whole(place) : variables[variable](place));
      });
    }
  },
});
