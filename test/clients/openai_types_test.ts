/**
 * Checks the agent's requests and the answers of the simulated servers against the types of OpenAI's Python package.
 *
 * @module
 */

import assert from "node:assert/strict";
import { eventsOf } from "../support/recorded_exchanges.ts";
import { pythonTest, runPython } from "../support/python_packages.ts";
import { recordTour } from "./recorded_tour.ts";

const CHECK = new URL("./openai_types.py", import.meta.url);

/** A value and the type to check it against, by its name in the script. */
interface Item {
  type: string;
  value: unknown;
}

/** Returns the problems of the items, each with its type. */
async function problemsOf(items: Item[]): Promise<string[]> {
  const problems: string[][] = await runPython(CHECK, items);
  return [...new Set(problems.flatMap((list, index) => list.map((problem) => `${items[index].type} ${problem}`)))];
}

const INTERFACES = [["chat", "chat request", "chat chunk"], ["responses", "responses request", "responses event"]];

for (const [api, request, event] of INTERFACES) {
  pythonTest(
    `requests of a session and their answers match OpenAI's types with --api ${api}`,
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

pythonTest("the check of OpenAI's types finds invalid items", ["openai"], async () => {
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
