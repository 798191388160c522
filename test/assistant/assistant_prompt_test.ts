import assert from "node:assert/strict";
import { assistantPrompt } from "../../src/assistant/assistant_prompt.ts";
import { PERSONA_NAME, PERSONA_PACKAGES } from "../../src/python/persona.ts";

Deno.test("assistantPrompt() describes the Python that runs the assistant's code", () => {
  const prompt = assistantPrompt();
  assert.ok(prompt.includes(PERSONA_NAME) && prompt.includes(PERSONA_PACKAGES));
  assert.match(prompt, /Other imports fail, there is no network, and pip installs nothing\./);
});

Deno.test("assistantPrompt() explains the marks of parts that are left out", () => {
  assert.match(
    assistantPrompt(),
    /\[\.\.\. \d+ cells left out \.\.\.\].* \[\.\.\. left out \.\.\.\].* Never write these marks/,
  );
});
