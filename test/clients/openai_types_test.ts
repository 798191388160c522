/**
 * The agent's requests, and the answers of the servers that simulate OpenAI, checked against the types of OpenAI's Python package.
 *
 * @module
 */

import assert from "node:assert/strict";
import { eventsOf } from "../support/recorded_exchanges.ts";
import { pythonTest, runPython } from "../support/python_packages.ts";
import { recordTour } from "./recorded_tour.ts";

const CHECK = new URL("./openai_types.py", import.meta.url);

/** Something that is to be of a type, by the names of the script. */
interface Item {
  type: string;
  value: unknown;
}

/** The problems of these items, each with its type. */
async function problemsOf(items: Item[]): Promise<string[]> {
  const problems: string[][] = await runPython(CHECK, items);
  return [...new Set(problems.flatMap((list, index) => list.map((problem) => `${items[index].type} ${problem}`)))];
}

const INTERFACES = [["chat", "chat request", "chat chunk"], ["responses", "responses request", "responses event"]];

for (const [api, request, event] of INTERFACES) {
  pythonTest(
    `the requests of a session and their answers have OpenAI's types, with --api ${api}`,
    ["openai"],
    async () => {
      const exchanges = await recordTour("openai", "--api", api);
      assert.ok(exchanges.length >= 14, `${exchanges.length} requests`);
      const items = exchanges.flatMap((exchange) => [
        { type: request, value: exchange.body },
        ...eventsOf(exchange).map((value) => ({ type: event, value })),
      ]);
      assert.deepEqual(await problemsOf(items), []);
    },
  );
}

pythonTest("the check of OpenAI's types finds what is wrong", ["openai"], async () => {
  const request = { model: "m", stream: true, messages: [{ role: "user", content: "a" }] };
  const chunk = { id: "a", object: "chat.completion.chunk", created: 1, model: "m", choices: [] };
  const items: Item[] = [
    { type: "chat request", value: request },
    { type: "chat request", value: { ...request, messages: [{ role: "user", content: 1 }] } },
    { type: "chat request", value: { ...request, top_k: 1 } },
    { type: "chat chunk", value: chunk },
    { type: "chat chunk", value: { ...chunk, id: undefined } },
    { type: "chat chunk", value: { ...chunk, odd: 1 } },
  ];
  const found: string[][] = await runPython(CHECK, items);
  assert.deepEqual(found.map((list) => list.length > 0), [false, true, true, false, true, true]);
});
