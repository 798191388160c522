/**
 * The demo with an offline model that is as strict as other servers and knows only what it is sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ModelFamily } from "../../../stack/strict_model/family.ts";
import { startStackCommand } from "../stack_command.ts";

/** The families whose refusals the agent must cope with. */
const FAMILIES: readonly ModelFamily[] = ["openai", "mistral", "llama", "gemma"];

for (const family of FAMILIES) {
  Deno.test(`the demo ends as recorded with a forgetful offline model that is as strict as ${family}`, async () => {
    const demo = startStackCommand(
      "stack/demo/main.ts",
      { OPENAI_API_KEY: "unused" },
      "--strict",
      family,
      "--forgetful",
    );
    const { code, stdout, stderr } = await demo.output();
    const screen = new TextDecoder().decode(stdout);
    assert.equal(code, 0, screen + new TextDecoder().decode(stderr));
    assert.match(screen, new RegExp(`It refuses what ${family} servers refuse.* It knows only what it is sent`));
    assert.match(screen, /All as recorded in the notebook file \(compared: outputs and errors\)/);
  });
}

Deno.test("the demo lists the known families when --strict names another one", async () => {
  const { code, stderr } = await startStackCommand("stack/demo/main.ts", {}, "--strict", "claude").output();
  assert.equal(code, 2);
  assert.match(
    new TextDecoder().decode(stderr),
    /^demo: --strict must be one of openai, mistral, llama, gemma, not "claude"\nSee deno task demo --help\.\n$/,
  );
});
