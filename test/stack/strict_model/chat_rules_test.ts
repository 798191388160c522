/**
 * Valid requests, which the rules of each family accept.
 *
 * @module
 */

import assert from "node:assert/strict";
import { modelFamilies } from "../../../stack/strict_model/family.ts";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import { assistant, calling, request, system, tool, user } from "./requests.ts";

/** A conversation of two cells that every server with tools accepts: single calls, their answers, and a final turn. */
const conversation = [
  system("Play IPython."),
  user("In [1]:\nprint(1)\n2"),
  calling("abcdefghi"),
  tool("abcdefghi"),
  calling("abcdefghj"),
  tool("abcdefghj"),
  assistant("(done)"),
  user("In [2]:\n3"),
];

/** The same without tools, which every server accepts. */
const textConversation = [user("Play IPython.\n\nIn [1]:\n2"), assistant("(no output)"), user("In [2]:\n3")];

for (const family of modelFamilies) {
  Deno.test(`the ${family} rules accept a valid request`, () => {
    const body = family === "gemma"
      ? { model: "gemma-2-9b-it", messages: textConversation, temperature: 0, stream: true }
      : request(conversation);
    assert.equal(refuse(body, family), undefined);
  });

  Deno.test(`the ${family} rules accept a conversation without tools`, () => {
    assert.equal(refuse({ model: "m", messages: textConversation }, family), undefined);
  });
}
