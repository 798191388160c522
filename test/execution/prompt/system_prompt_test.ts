/**
 * The content and the length of the two system prompts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/encoding/o200k_base";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import { LINE_MARK } from "../../../src/files/excerpt.ts";
import { formatFiles } from "../../../src/execution/prompt/file_block.ts";
import { formatPastSummary } from "../../../src/execution/prompt/past_summary.ts";
import {
  SHORT_SYSTEM_PROMPT,
  SHORT_SYSTEM_PROMPT_WITH_INPUT,
} from "../../../src/execution/prompt/short_system_prompt.ts";
import {
  DONE,
  NO_OUTPUT,
  OUTPUT_OMITTED,
  SYSTEM_PROMPT,
  SYSTEM_PROMPT_WITH_INPUT,
} from "../../../src/execution/prompt/system_prompt.ts";
import { PERSONA_NAME } from "../../../src/python/persona.ts";
import { resultHint, SCRATCH_HINTS } from "../../../src/execution/prompt/turn_hint.ts";
import { describeTools } from "../../../src/execution/reply/describe_tools.ts";
import { TOOLS, toolsOf } from "../../../src/execution/reply/tools.ts";

/** The first line of a file description in a turn. */
const FILE_LINE = formatFiles([{ name: "t.csv", version: "1", description: "" }]).trimEnd();

/** A rule and its wording. */
interface Rule {
  /** The model's behaviour under this rule. */
  rule: string;
  /** The words that a prompt with this rule contains. */
  words: readonly string[];
}

const RULES: readonly Rule[] = [
  { rule: "plays IPython", words: ["the kernel of a notebook", PERSONA_NAME] },
  { rule: "writes no prose", words: ["explain, comment or greet"] },
  { rule: "makes all calls in one reply if possible", words: ["all in one reply where you can"] },
  { rule: "answers a cell without output in words", words: [`reply with exactly ${NO_OUTPUT}`] },
  {
    rule: "reads the hints in the line of the input prompt",
    words: [resultHint(0, "none"), resultHint(0, "expected")],
  },
  {
    rule: "reasons before the calls when asked to",
    words: ["work it out", "before you call|before the first call", "at once"],
  },
  {
    rule: "remembers earlier cells",
    words: ["files", "_ and Out[n]|_, __, Out[n]", "ended in an exception up to it|up to their exception"],
  },
  {
    rule: "treats the names of omitted cells as bound",
    words: ['"Earlier: In [1] to In [48] have run"', "whole value", "where ... shortens it", "NameError"],
  },
  { rule: "computes with the files that a turn describes", words: [FILE_LINE, `behind "${LINE_MARK}"`, "ompute from"] },
  { rule: "never writes the marks of the history", words: [OUTPUT_OMITTED, "[... left out ...]", DONE] },
  {
    rule: "ends a printed line with a line break",
    words: ['print("a") is stdout with text "a\\n"', "neighbouring prints into one call"],
  },
  { rule: "writes long outputs in full", words: ["all lines"] },
  {
    rule: "writes warnings and logs to stderr",
    words: ["ipykernel_1/1234567890.py:2: UserWarning: text", "WARNING:root:text\\n"],
  },
  { rule: "keeps carriage returns", words: ["Carriage returns stay|\\r stays"] },
  { rule: "shows only the value of the last expression", words: ["last top-level statement", "None", "semicolon"] },
  {
    rule: "shows values as IPython prints them",
    words: ["mostly repr()", "'a'", "array([1, 2, 3])", "np.float64(1.5)"],
  },
  {
    rule: "breaks long containers into lines",
    words: ["79 columns", "one element a line", "[0,\\n 1,\\n 2]", "1,000"],
  },
  { rule: "sorts sets", words: ["sorted"] },
  { rule: "shows data frames as HTML", words: ["DataFrame", "text/html", "60 rows", "first and last five"] },
  { rule: "raises FileNotFoundError for files that do not exist", words: ["FileNotFoundError"] },
  { rule: "imports only installed packages", words: ["ModuleNotFoundError", "the standard library", "sklearn"] },
  { rule: "has no network", words: ["There is no network"] },
  { rule: "invents what cannot be known", words: ["nvent what cannot be known", "consistent"] },
  {
    rule: "writes IPython's tracebacks",
    words: [
      `\n${
        "-".repeat(75)
      }\nZeroDivisionError                         Traceback (most recent call last)\nCell In[7], line 2\n`,
      "\n----> 2 x / 0\n",
      "\n\nZeroDivisionError: division by zero\n",
      "75 columns",
      "outermost first",
      "str(exception)",
    ],
  },
  {
    rule: "writes a SyntaxError without frames",
    words: ["  Cell In[7], line 1\n    x = = 2\n        ^\nSyntaxError: "],
  },
  { rule: "reports incomplete code as _IncompleteInputError", words: ["_IncompleteInputError"] },
  {
    rule: "raises StdinNotImplementedError for input()",
    words: ["StdinNotImplementedError: raw_input was called, but this frontend does not support input requests"],
  },
  {
    rule: "displays HTML with its plain text",
    words: ['"<IPython.core.display.HTML object>", "text/html": "<b>x</b>"'],
  },
  {
    rule: "draws figures only as SVG",
    words: ["<Figure size 640x480 with 1 Axes>", "image/svg+xml", 'viewBox="0 0 640 480"', "image/png"],
  },
  { rule: "runs shell commands", words: ["!command", "\\r\\n"] },
];

/** Rules that the short prompt leaves out because few cells need them, or because the tools' descriptions contain them. */
const LONG_ONLY: readonly Rule[] = [
  { rule: "measures one run with %time", words: ["%time and %%time", "Wall time: 22.6 μs\\n"] },
  {
    rule: "measures many runs with %timeit",
    words: ["%timeit", "992 ns ± 39.6 ns per loop (mean ± std. dev. of 7 runs, 1,000,000 loops each)\\n"],
  },
  { rule: "knows other magics", words: ["%pwd", "%%writefile", "%%capture", "%matplotlib", "UsageError", "%%bash"] },
  { rule: "shows help", words: ["obj?", "Signature:", "Help on function"] },
  { rule: "draws tqdm's progress bar", words: ["tqdm's bar"] },
  { rule: "names and updates displays", words: ["display_id", "update_display", "clear_output()"] },
  { rule: "knows other MIME types", words: ["text/markdown", "text/latex", "application/json"] },
  { rule: "shows the return value of a plot", words: ["[<matplotlib.lines.Line2D at 0x7f3a5c1b2d90>]"] },
  { rule: "quotes a KeyError's key", words: ["KeyError"] },
  { rule: "allows top-level await", words: ["Top-level await"] },
  {
    rule: "uses Python's own error messages",
    words: ["(expected 2, got 3)", "cannot use 'list' as a dict key", "Did you mean"],
  },
  { rule: "shows an ExceptionGroup as Python does", words: ["  + Exception Group Traceback (most recent call last):"] },
  { rule: "writes stdout before stderr", words: ["all stdout comes before all stderr"] },
  { rule: "raises SystemExit", words: ["SystemExit", "%tb"] },
];

const PROMPTS = { long: SYSTEM_PROMPT, short: SHORT_SYSTEM_PROMPT };

/** Returns the words of a rule that a prompt lacks. `|` separates alternatives. `Out[0]` in a hint matches `Out[n]` in a prompt. */
function missing(prompt: string, { words }: Rule): string[] {
  return words.filter((alternatives) => {
    return !alternatives.replace("Out[0]", "Out[n]").split("|").some((text) => prompt.includes(text));
  });
}

for (const [name, prompt] of Object.entries(PROMPTS)) {
  for (const rule of RULES) {
    Deno.test(`the ${name} prompt states that a model ${rule.rule}`, () => assert.deepEqual(missing(prompt, rule), []));
  }
}

for (const rule of LONG_ONLY) {
  Deno.test(`only the long prompt states that a model ${rule.rule}`, () => {
    assert.deepEqual(missing(SYSTEM_PROMPT, rule), []);
    assert.notDeepEqual(missing(SHORT_SYSTEM_PROMPT, rule), [], "It is in both: move it to the rules of both.");
  });
}

Deno.test("both prompts quote the exact words for scratch work and the exact beginning of a summary", () => {
  const summary = formatPastSummary({ from: 1, to: 48, code: "" });
  for (const [name, prompt] of Object.entries(PROMPTS)) {
    const [, beginning] = prompt.match(/"(Earlier: [^"]+)"/)!;
    assert.ok(summary.startsWith(beginning), name);
  }
  for (const scratch of ["brief", "full"] as const) {
    assert.ok(SYSTEM_PROMPT.includes(`"${SCRATCH_HINTS[scratch]}"`));
    const [, first, last] = SHORT_SYSTEM_PROMPT.match(/"(work it out) \.\.\. (first)"/)!;
    assert.ok(SCRATCH_HINTS[scratch].startsWith(`${first} `) && SCRATCH_HINTS[scratch].endsWith(` ${last}`));
  }
});

Deno.test("describeTools() forbids other forms of calls, but not other text", () => {
  const described = describeTools(TOOLS);
  assert.match(described, /Write calls in no other form/);
  assert.doesNotMatch(described, /nothing else/i);
});

Deno.test("the long prompt does not mention the value of the last line", () => {
  assert.doesNotMatch(SYSTEM_PROMPT, /only the last line|value of the last line/i);
});

Deno.test("the short prompts take at most 907 tokens", () => {
  // Llama 3's tokenizer extends that of cl100k_base, and counts English text the same.
  for (const prompt of [SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT_WITH_INPUT]) {
    for (const count of [o200k, cl100k]) assert.ok(count(prompt) <= 907, `${count(prompt)} tokens`);
  }
});

Deno.test("the short prompts and the tools take less than half of the smallest context", () => {
  const smallest = 4_096;
  assert.ok(o200k(SHORT_SYSTEM_PROMPT + JSON.stringify(TOOLS)) < smallest / 2);
  assert.ok(o200k(SHORT_SYSTEM_PROMPT_WITH_INPUT + JSON.stringify(toolsOf(true))) < smallest / 2);
});

Deno.test("the long prompts take at most 1,820 tokens", () => {
  for (const prompt of [SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT]) {
    assert.ok(o200k(prompt) <= 1_820, `${o200k(prompt)} tokens`);
  }
});

Deno.test("the prompts with and without input differ only in the line about input()", () => {
  const pairs = [[SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT], [SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT_WITH_INPUT]];
  for (const [without, withInput] of pairs) {
    const [lines, others] = [without, withInput].map((prompt) => prompt.split("\n"));
    const differing = lines.flatMap((line, index) => line === others[index] ? [] : [[line, others[index]]]);
    assert.equal(lines.length, others.length);
    assert.equal(differing.length, 1);
    const [[refused, asked]] = differing;
    assert.match(refused, /input\(\).* StdinNotImplementedError: raw_input was called/);
    assert.match(asked, /input\(\).* the tool input.* ends your reply/);
  }
});

Deno.test("buildConversation() uses the short prompt when shortPrompt is true", () => {
  const system = (shortPrompt?: boolean) =>
    buildConversation({ history: [], code: "1", executionCount: 1, shortPrompt })[0];
  assert.deepEqual(system(true), { role: "system", content: SHORT_SYSTEM_PROMPT });
  assert.deepEqual(system(false), { role: "system", content: SYSTEM_PROMPT });
  assert.deepEqual(system(), { role: "system", content: SYSTEM_PROMPT });
  const withInput = (shortPrompt: boolean) =>
    buildConversation({ history: [], code: "1", executionCount: 1, shortPrompt, hasInput: true })[0].content;
  assert.equal(withInput(true), SHORT_SYSTEM_PROMPT_WITH_INPUT);
  assert.equal(withInput(false), SYSTEM_PROMPT_WITH_INPUT);
});

Deno.test("buildConversation() uses a custom system prompt instead of both prompts", () => {
  for (const shortPrompt of [true, false]) {
    const options = { history: [], code: "1", executionCount: 1, shortPrompt, systemPrompt: "Play IPython." };
    assert.deepEqual(buildConversation(options)[0], { role: "system", content: "Play IPython." });
  }
});
