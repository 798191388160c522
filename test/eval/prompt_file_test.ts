/**
 * The valid content of a prompt file.
 *
 * @module
 */

import assert from "node:assert/strict";
import { placeholders } from "../../eval/prompt/placeholders.ts";
import { builtInTemplate, fillPrompt } from "../../eval/prompt/prompt_file.ts";
import { ConfigurationError } from "../../src/errors.ts";
import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";

const required = "{{no_output}} {{done}} {{output_omitted}} {{brief}} {{full}}";

function problemsOf(text: string): string[] {
  try {
    fillPrompt(text, "mine.txt");
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.issues.map(({ message }) => message);
  }
  return [];
}

Deno.test("builtInTemplate() has every placeholder and becomes the built-in prompt when it is filled in", () => {
  const template = builtInTemplate();
  assert.equal(fillPrompt(template, "mine.txt"), SYSTEM_PROMPT);
  for (const [name, { text }] of Object.entries(placeholders)) {
    assert.ok(template.includes(`{{${name}}}`), name);
    assert.ok(!template.includes(text), name);
  }
});

Deno.test("eval/README.md explains every placeholder and marks the required ones", async () => {
  const readme = await Deno.readTextFile(new URL("../../eval/README.md", import.meta.url));
  for (const [name, { required }] of Object.entries(placeholders)) {
    assert.match(readme, new RegExp(`^\\| \`\\{\\{${name}\\}\\}\` .*\\| ${required ? "yes" : "no"} +\\|$`, "m"));
  }
});

Deno.test("fillPrompt() replaces each occurrence of a placeholder and keeps other braces", () => {
  assert.equal(
    fillPrompt(`${required}\r\n{{ done }} {"a": {{1, 2}}} {x} \${y}\n\n`, "mine.txt"),
    "(no output) (done) (output omitted) work it out in short notes first work it out step by step first\n" +
      '(done) {"a": {{1, 2}}} {x} ${y}',
  );
});

Deno.test("fillPrompt() accepts the text of a placeholder instead of the placeholder", () => {
  assert.ok(fillPrompt(required.replace("{{done}}", "(done)"), "mine.txt").includes("(done)"));
});

Deno.test("fillPrompt() reports every missing placeholder with its purpose", () => {
  assert.deepEqual(problemsOf("Play IPython. {{brief}} {{full}} {{output_omitted}}"), [
    "mine.txt lacks {{no_output}}, the reply to a cell that outputs nothing: say in it what {{no_output}} is for",
    "mine.txt lacks {{done}}, the mark at the end of an earlier cell's output: say in it what {{done}} is for; " +
    "deno task eval --show-prompt prints the built-in one",
  ]);
});

Deno.test("fillPrompt() reports every unknown placeholder with its line", () => {
  const problems = problemsOf(`${required}\n{{no_outptu}} {{NO_OUTPUT}}\n{{constructor}}`);
  assert.equal(problems.length, 3);
  assert.match(
    problems[0],
    /^line 2 of mine\.txt has the unknown placeholder \{\{no_outptu\}\}: did you mean \{\{no_output\}\}\?/,
  );
  assert.match(problems[1], /^line 2 .*\{\{NO_OUTPUT\}\}: did you mean \{\{no_output\}\}\?/);
  assert.match(problems[2], /^line 3 .*\{\{constructor\}\}: known are \{\{no_output\}\}, \{\{done\}\}/);
});

Deno.test("fillPrompt() refuses an empty file", () => {
  assert.match(problemsOf(" \n")[0], /^mine\.txt is empty: expected a system prompt/);
});
