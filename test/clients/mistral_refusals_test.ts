/**
 * The refusals of the strict model server in Mistral's family, compared with those of Mistral's own package.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuse } from "../../stack/strict_model/chat_rules.ts";
import { assistant, calling, type Json, request, system, tool, user } from "../stack/strict_model/requests.ts";
import { pythonTest, runPython } from "../support/python_packages.ts";

const REFUSALS = new URL("./mistral_refusals.py", import.meta.url);

/** The turns that conversations are made of, by a letter each. */
const TURNS: Readonly<Record<string, Json>> = {
  S: system("s"),
  U: user("u"),
  A: assistant("a"),
  E: assistant(""),
  C: calling("abcdefghi"),
  D: calling("abcdefghi", "abcdefghj"),
  B: { ...calling("abcdefghi"), content: "b" },
  T: tool("abcdefghi"),
  V: tool("abcdefghj"),
  W: tool("call_1"),
};

/** The most turns of a conversation. */
const MAX_TURNS = 4;

/** The sequence that older versions of the package refused and the strict model refuses: a user's turn after a tool's. */
const TAKEN_NOW = /[TVW]U/;

/** All conversations of so many turns, each as its letters. */
function conversations(turns: number): string[] {
  if (turns === 0) return [""];
  return conversations(turns - 1).flatMap((before) => Object.keys(TURNS).map((letter) => before + letter));
}

pythonTest(
  "the strict model refuses the conversations that Mistral's package refuses",
  ["mistral_common"],
  async () => {
    const all = Array.from({ length: MAX_TURNS }, (_, index) => conversations(index + 1)).flat();
    const bodies = all.map((letters) => request([...letters].map((letter) => TURNS[letter])));
    const isRefused: boolean[] = await runPython(REFUSALS, bodies);
    const differs = (letters: string, index: number) =>
      (refuse(bodies[index], "mistral") !== undefined) !== (isRefused[index] || TAKEN_NOW.test(letters));
    assert.deepEqual(all.filter(differs), []);
  },
);
