/**
 * Tests of figures and formulas in an attached notebook, and of their descriptions in later requests to the model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { plot } from "../media/pictures.ts";
import { attach } from "../support/attached.ts";
import { answer, display, result } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

Deno.test("later requests have the first 300 characters of a figure, and a formula without its Markdown", async () => {
  await using server = await startSyncServer();
  await using at = await attach(
    server,
    inTurn(
      answer(display({ "text/plain": "<Figure>", "image/svg+xml": plot(400) })),
      answer(result({ "text/plain": "x**2", "text/latex": String.raw`\[x^2\]` })),
      answer(result("1")),
    ),
  );
  const runNext = async (source: string) => {
    const cell = at.person.addCell(source);
    await at.person.requestIs(at.person.run(cell), "completed");
    return cell;
  };
  const figure = await runNext("plt.show()");
  const formula = await runNext("y");
  await runNext("1");
  await at.agent.shutdown();
  const restarted = at.another();
  await restarted.start();
  await runNext("2");

  const [shown] = at.person.outputs(figure);
  assert.deepEqual(Object.keys(shown.representations!).sort(), ["image/svg+xml", "text/plain"]);
  const [value] = at.person.outputs(formula);
  assert.deepEqual(value.representations!["text/markdown"], {
    type: "inline",
    data: "$$\nx^2\n$$",
    metadata: { generatedFor: "text/latex" },
  });

  const conversations = at.model.requests.map(({ body }) => body.messages);
  assert.equal(conversations.length, 4);
  for (const [index, messages] of conversations.entries()) {
    const next = conversations[index + 1];
    if (next !== undefined) assert.deepEqual(next.slice(0, messages.length - 1), messages.slice(0, -1));
  }
  const svg = (shown.representations!["image/svg+xml"] as { data: string }).data;
  const sent = conversations[3].flatMap((message: { tool_calls?: { function: { arguments: string } }[] }) =>
    message.tool_calls?.map((call) => JSON.parse(call.function.arguments).data) ?? []
  );
  assert.deepEqual(sent.slice(0, 2), [
    {
      "text/plain": "<Figure>",
      "image/svg+xml": `${svg.slice(0, 300)}\n[... ${svg.length - 300} characters left out ...]`,
    },
    { "text/plain": "x**2", "text/latex": String.raw`\[x^2\]` },
  ]);
});
