/**
 * All text that a model receives for a cell, in every combination of settings. It does not contradict itself and states the facts
 * that a cell depends on.
 *
 * @module
 */

import assert from "node:assert/strict";
import { reasoningModes } from "../../../src/execution/prompt/reasoning.ts";
import { toolModes } from "../../../src/execution/reply/tool_mode.ts";
import { INSTALLED_PACKAGES } from "../../../src/python/persona.ts";
import { promptTexts, settingsOf } from "./prompt_texts.ts";

/** Two statements that must not be sent to the same model. */
interface Contradiction {
  /** Their subject. */
  about: string;
  one: RegExp;
  other: RegExp;
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    about: "how many replies a cell takes",
    one: /all calls[^.]* in one reply|single reply|only one reply|no second (?:turn|reply)/i,
    other: /make the call for the next output|go on right after it|ends your reply/i,
  },
  {
    about: "whether (no output) may follow a call",
    one: /a cell that outputs nothing[^.]*: reply with exactly/i,
    other: /if that was all/,
  },
  {
    about: "whether text may stand beside calls",
    one: /tool calls only|nothing but (?:tool )?calls|never write text/i,
    other: /scratch pad|in text before|in text, before/i,
  },
  {
    about: "which line has the value",
    one: /(?:value of|only if|that) the (?:cell's )?last line/i,
    other: /last (?:top-level )?statement/i,
  },
  { about: "what a user's message is", one: /(?:each|every) user message is a cell/i, other: /Earlier: In \[/ },
  {
    about: "where the message about earlier cells stands",
    one: /first message[^.]*Earlier: In \[/,
    other: /[^"]Earlier: In \[\d+\] to In \[\d+\] have run and are left out/,
  },
  { about: "which packages there are", one: /other scientific packages/i, other: /ModuleNotFoundError/ },
  { about: "what time it is", one: /invent[^.]*\btimes\b/i, other: /is the time/ },
  {
    about: "what random numbers are",
    one: /invent[^.]*\brandom numbers(?<!other random numbers)/i,
    other: /A seed fixes/,
  },
  { about: "whether files that nobody wrote exist", one: /invent[^.]*\bfiles\b/i, other: /FileNotFoundError/ },
];

/** The facts that each prompt states, in the system prompt or in a tool's description. */
const FACTS: Record<string, RegExp> = {
  "the order of calls": /Make the calls in the order of the output, all in one reply where you can\./,
  "how a cell continues": /Where the answer to a call asks for more, go on/,
  "what the last reply of a cell may be":
    /nothing to output \(imports, definitions\), or nothing more, reply with exactly \(no output\)/,
  "that the past may begin late": /[Mm]essage \\?"Earlier: In \[1\] to In \[48\] have run\\?"/,
  "which names exist": /names (?:that were )?never bound raise NameError/,
  "that values look as in NumPy 2": /np\.float64\(1\.5\)/,
  "which files exist": /[Oo]ther files? that no cell (?:has written|wrote) raises? FileNotFoundError/,
  "which imports fail": new RegExp(`${INSTALLED_PACKAGES.at(-1)}[;.].*others?[^.]* raises? ModuleNotFoundError`),
  "that there is no network": /There is no network/,
  "what clearing shows":
    /\{\\?"clear_output\\?": true, \\?"wait\\?": false\} with data \{\\?"text\/plain\\?": \\?"\\?"\}/,
};

/** The facts that only the long prompt states. */
const LONG_FACTS: Record<string, RegExp> = {
  "the past's beginning": /The conversation may begin late/,
  "NumPy's version": /numpy 2\.4.*NumPy 2 scalars name their type/s,
  "what urlopen() raises": /URLError: <urlopen error \[Errno -3\] Temporary failure in name resolution>/,
  "what requests raises": /requests raises ConnectionError/,
  "what pip prints": /ERROR: No matching distribution found for x/,
  "how the time is written": /"now \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC" is the time/,
  "true seeded numbers": /random\.seed\(42\), random\.random\(\) is 0\.6394267984578837/,
  "true numbers of NumPy": /np\.random\.default_rng\(42\)\.random\(\) is 0\.7739560485559633/,
};

for (const toolMode of toolModes) {
  for (const api of ["chat", "responses"] as const) {
    for (const shortPrompt of [false, true]) {
      for (const hasInput of [false, true]) {
        for (const reasoning of reasoningModes) {
          const settings = { toolMode, api, shortPrompt, hasInput, reasoning };
          Deno.test(`the texts for a model do not contradict each other: ${settingsOf(settings)}`, async () => {
            const texts = await promptTexts(settings);
            const all = texts.join("\n");
            const found = CONTRADICTIONS.filter(({ one, other }) => one.test(all) && other.test(all));
            assert.deepEqual(found.map(({ about }) => about), []);
            const facts = { ...FACTS, ...(shortPrompt ? {} : LONG_FACTS) };
            const missing = Object.entries(facts).filter(([, fact]) => !fact.test(texts[0]));
            assert.deepEqual(missing.map(([what]) => what), []);
          });
        }
      }
    }
  }
}

for (const toolMode of toolModes) {
  Deno.test(`a model in tool mode ${toolMode} receives the messages about prose, a cut reply and typed text`, async () => {
    const texts = await promptTexts({ toolMode, api: "chat", shortPrompt: false, hasInput: true, reasoning: "off" });
    const last = texts.at(-1)!;
    const heard = [/That was prose/, /go on right after it/, /\{"typed":"line"\}/].map((words) => words.test(last));
    assert.deepEqual(heard, [true, true, true]);
    assert.equal(/make the call for the next output/.test(last), toolMode === "sequential");
  });
}

Deno.test("the patterns of every contradiction match their samples", () => {
  const samples = [
    ["Make all calls of a cell in one reply.", "ok; make the call for the next output"],
    ["A cell that outputs nothing gets no call: reply with exactly (no output)", "(no output) if that was all"],
    ["Answer with tool calls only.", "Text is a scratch pad."],
    ["Show the value of the cell's last line.", "The last top-level statement."],
    ["Each user message is a cell.", "Earlier: In [1] to In [2]"],
    ['A first message that begins "Earlier: In [1]"', "\nEarlier: In [1] to In [2] have run and are left out"],
    ["and other scientific packages", "ModuleNotFoundError"],
    ["Invent what cannot be known (addresses, times)", "is the time"],
    ["Invent what cannot be known (random numbers)", "A seed fixes them"],
    ["Invent files.", "FileNotFoundError"],
  ];
  assert.deepEqual(
    CONTRADICTIONS.filter(({ one, other }, index) => !one.test(samples[index][0]) || !other.test(samples[index][1])),
    [],
  );
  assert.equal(samples.length, CONTRADICTIONS.length);
});
