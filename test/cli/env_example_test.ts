import assert from "node:assert/strict";
import { parseEnv } from "node:util";
import { azureVariableNames } from "../../src/options/azure_variables.ts";
import type { OptionEntry } from "../../src/options/option_entry.ts";
import { optionTable } from "../../src/options/option_table.ts";

const example = await Deno.readTextFile(new URL("../../.env.example", import.meta.url));

Deno.test(".env.example lists every variable and no unknown ones", () => {
  const named = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
  const known = [...Object.values(optionTable).flatMap(({ environment }) => environment), ...azureVariableNames];
  const missing = known.filter((name) => !named.includes(name));
  assert.deepEqual(missing, [], "add these variables to .env.example, near those of similar options");
  assert.deepEqual(
    named.filter((name) => !known.includes(name)),
    [],
    "remove these variables from .env.example: no option reads them",
  );
  assert.equal(new Set(named).size, named.length, ".env.example names a variable twice");
});

Deno.test(".env.example sets only the required variables and shows every default", () => {
  const options = Object.values<OptionEntry<unknown>>(optionTable);
  const required = options.filter(({ fallback }) => fallback?.kind === "required").map((option) =>
    option.environment[0]
  );
  const asked = parseEnv(example);
  // Most people need a key. Those who need none may leave it empty.
  assert.deepEqual(Object.keys(asked).toSorted(), [...new Set(["OPENAI_API_KEY", ...required])].toSorted());
  for (const { environment: [name], fallback } of options) {
    const value = fallback?.kind === "value" ? fallback.value : "";
    assert(
      example.includes(`${name}=${value}\n`),
      `.env.example has no line "# ${name}=${value}", which shows the default`,
    );
  }
});
