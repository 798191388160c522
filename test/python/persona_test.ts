import assert from "node:assert/strict";
import { PERSONA, PERSONA_NAME } from "../../src/python/persona.ts";
import kinds from "../golden/kinds.json" with { type: "json" };
import probes from "../golden/probes.json" with { type: "json" };
import session from "../golden/session.json" with { type: "json" };

Deno.test("the recordings were made with the versions that the model plays", () => {
  const { ipython, python, packages } = PERSONA;
  for (const { recorded_with } of [session, kinds, probes]) {
    assert.equal(recorded_with.ipython, ipython);
    for (const [name, version] of Object.entries({ python, ...packages })) {
      assert.ok(`${recorded_with[name as keyof typeof recorded_with]}.`.startsWith(`${version}.`), name);
    }
  }
});

Deno.test("the README mentions the versions that the model plays", async () => {
  const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  assert.ok(readme.replaceAll("\n", " ").includes(PERSONA_NAME));
});
