/**
 * Compares the refusals of the strict model server's Mistral family with those of Mistral's own package.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuse } from "../../stack/strict_model/chat_rules.ts";
import { assistant, calling, type Json, request, system, tool, user } from "../stack/strict_model/requests.ts";
import { pythonTest, runPython } from "../support/python_packages.ts";

const REFUSALS = new URL("./mistral_refusals.py", import.meta.url);

/** The turns of the conversations, each by a letter. */
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

/** The maximum number of turns in a conversation. */
const MAX_TURNS = 4;

/**
 * A user's turn directly after a tool's. The strict model and older versions of the package refuse it; this version
 * accepts it.
 */
const TAKEN_NOW = /[TVW]U/;

/** Returns all conversations with this number of turns, each as a string of letters. */
function conversations(turns: number): string[] {
  if (turns === 0) return [""];
  return conversations(turns - 1).flatMap((before) => Object.keys(TURNS).map((letter) => before + letter));
}

pythonTest(
  "the strict model refuses the same conversations as Mistral's package",
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
