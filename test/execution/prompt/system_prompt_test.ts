/**
 * What the two system prompts say, and how long they are.
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

/** What a file begins with in a turn. */
const FILE_LINE = formatFiles([{ name: "t.csv", version: "1", description: "" }]).trimEnd();

/** A rule, and the words that it is told in. */
interface Rule {
  /** What a model does by it. */
  rule: string;
  /** The words that both prompts have. */
  words: readonly string[];
}

const RULES: readonly Rule[] = [
  { rule: "plays IPython", words: ["the kernel of a notebook", PERSONA_NAME] },
  { rule: "writes no prose", words: ["explain, comment or greet"] },
  { rule: "makes all calls at once where it can", words: ["all in one reply where you can"] },
  { rule: "answers a silent cell in words", words: [`reply with exactly ${NO_OUTPUT}`] },
  { rule: "reads the notes of the prompt's line", words: [resultHint(0, "none"), resultHint(0, "expected")] },
  { rule: "thinks where it is asked to", words: ["work it out", "before you call|before the first call", "at once"] },
  {
    rule: "remembers earlier cells",
    words: ["files", "_ and Out[n]|_, __, Out[n]", "ended in an exception up to it|up to their exception"],
  },
  {
    rule: "takes the names of cells that are left out as bound",
    words: ['"Earlier: In [1] to In [48] have run"', "whole value", "where ... shortens it", "NameError"],
  },
  { rule: "computes from the files that a turn tells", words: [FILE_LINE, `behind "${LINE_MARK}"`, "ompute from"] },
  { rule: "never writes the marks of the history", words: [OUTPUT_OMITTED, "[... left out ...]", DONE] },
  {
    rule: "ends a printed line",
    words: ['print("a") is stdout with text "a\\n"', "neighbouring prints into one call"],
  },
  { rule: "writes long outputs to their end", words: ["all lines"] },
  {
    rule: "warns and logs on stderr",
    words: ["ipykernel_1/1234567890.py:2: UserWarning: text", "WARNING:root:text\\n"],
  },
  { rule: "keeps carriage returns", words: ["Carriage returns stay|\\r stays"] },
  { rule: "shows the value of a last expression only", words: ["last top-level statement", "None", "semicolon"] },
  {
    rule: "shows what IPython prints of a value",
    words: ["mostly repr()", "'a'", "array([1, 2, 3])", "np.float64(1.5)"],
  },
  { rule: "breaks long containers", words: ["79 columns", "one element a line", "[0,\\n 1,\\n 2]", "1,000"] },
  { rule: "sorts sets", words: ["sorted"] },
  { rule: "draws data frames", words: ["DataFrame", "text/html", "60 rows", "first and last five"] },
  { rule: "has no file that nobody wrote", words: ["FileNotFoundError"] },
  { rule: "imports what is installed", words: ["ModuleNotFoundError", "the standard library", "sklearn"] },
  { rule: "has no network", words: ["There is no network"] },
  { rule: "invents what cannot be known", words: ["nvent what cannot be known", "consistent"] },
  {
    rule: "writes IPython's traceback",
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
  { rule: "knows code that stops too early", words: ["_IncompleteInputError"] },
  {
    rule: "has nobody who types",
    words: ["StdinNotImplementedError: raw_input was called, but this frontend does not support input requests"],
  },
  { rule: "displays every form", words: ['"<IPython.core.display.HTML object>", "text/html": "<b>x</b>"'] },
  {
    rule: "draws figures as SVG alone",
    words: ["<Figure size 640x480 with 1 Axes>", "image/svg+xml", 'viewBox="0 0 640 480"', "image/png"],
  },
  { rule: "runs shell commands", words: ["!command", "\\r\\n"] },
];

/** What the short prompt leaves to the model's own knowledge, because few cells need it, or to the tools' descriptions. */
const LONG_ONLY: readonly Rule[] = [
  { rule: "times once", words: ["%time and %%time", "Wall time: 22.6 μs\\n"] },
  {
    rule: "times",
    words: ["%timeit", "992 ns ± 39.6 ns per loop (mean ± std. dev. of 7 runs, 1,000,000 loops each)\\n"],
  },
  { rule: "knows other magics", words: ["%pwd", "%%writefile", "%%capture", "%matplotlib", "UsageError", "%%bash"] },
  { rule: "gives help", words: ["obj?", "Signature:", "Help on function"] },
  { rule: "draws tqdm's bar", words: ["tqdm's bar"] },
  { rule: "names and updates displays", words: ["display_id", "update_display", "clear_output()"] },
  { rule: "knows other forms", words: ["text/markdown", "text/latex", "application/json"] },
  { rule: "shows what a bare plot returns", words: ["[<matplotlib.lines.Line2D at 0x7f3a5c1b2d90>]"] },
  { rule: "quotes a KeyError's key", words: ["KeyError"] },
  { rule: "awaits", words: ["Top-level await"] },
  {
    rule: "speaks Python's own words",
    words: ["(expected 2, got 3)", "cannot use 'list' as a dict key", "Did you mean"],
  },
  { rule: "shows an ExceptionGroup as Python does", words: ["  + Exception Group Traceback (most recent call last):"] },
  { rule: "writes stdout before stderr", words: ["all stdout comes before all stderr"] },
  { rule: "leaves", words: ["SystemExit", "%tb"] },
];

const PROMPTS = { long: SYSTEM_PROMPT, short: SHORT_SYSTEM_PROMPT };

/** Alternatives are parted by `|`; `Out[0]` in a hint stands for `Out[n]` in a prompt. */
function missing(prompt: string, { words }: Rule): string[] {
  return words.filter((alternatives) => {
    return !alternatives.replace("Out[0]", "Out[n]").split("|").some((text) => prompt.includes(text));
  });
}

for (const [name, prompt] of Object.entries(PROMPTS)) {
  for (const rule of RULES) {
    Deno.test(`the ${name} prompt says that a model ${rule.rule}`, () => assert.deepEqual(missing(prompt, rule), []));
  }
}

for (const rule of LONG_ONLY) {
  Deno.test(`the long prompt alone says that a model ${rule.rule}`, () => {
    assert.deepEqual(missing(SYSTEM_PROMPT, rule), []);
    assert.notDeepEqual(missing(SHORT_SYSTEM_PROMPT, rule), [], "It is in both: move it to the rules of both.");
  });
}

Deno.test("both prompts know the words for scratch work and the beginning of a summary as they are sent", () => {
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

Deno.test("where calls are text, the prompt still lets a model do scratch work and say that there is no output", () => {
  const told = describeTools(TOOLS);
  assert.match(told, /Write calls in no other form/);
  assert.doesNotMatch(told, /nothing else/i);
});

Deno.test("the long prompt speaks of the last statement, not of the last line, which may be in a block that has no value", () => {
  assert.doesNotMatch(SYSTEM_PROMPT, /only the last line|value of the last line/i);
});

Deno.test("the short prompt takes no more than 907 tokens", () => {
  // Llama 3's tokens were made from those of cl100k_base, and it counts English as that does.
  for (const prompt of [SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT_WITH_INPUT]) {
    for (const count of [o200k, cl100k]) assert.ok(count(prompt) <= 907, `${count(prompt)} tokens`);
  }
});

Deno.test("the short prompt, the tools and a cell leave half of the smallest context for past and answer", () => {
  const smallest = 4_096;
  assert.ok(o200k(SHORT_SYSTEM_PROMPT + JSON.stringify(TOOLS)) < smallest / 2);
  assert.ok(o200k(SHORT_SYSTEM_PROMPT_WITH_INPUT + JSON.stringify(toolsOf(true))) < smallest / 2);
});

Deno.test("the long prompt does not grow: every cell pays for it", () => {
  for (const prompt of [SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT]) {
    assert.ok(o200k(prompt) <= 1_820, `${o200k(prompt)} tokens`);
  }
});

Deno.test("where the person can be asked, a prompt says another sentence of input(), and all else the same", () => {
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

Deno.test("buildConversation() takes the short prompt if it is told to", () => {
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

Deno.test("buildConversation() takes a prompt that is given in place of both", () => {
  for (const shortPrompt of [true, false]) {
    const options = { history: [], code: "1", executionCount: 1, shortPrompt, systemPrompt: "Play IPython." };
    assert.deepEqual(buildConversation(options)[0], { role: "system", content: "Play IPython." });
  }
});
