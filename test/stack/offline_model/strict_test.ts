/**
 * The offline model with the rules of other servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { assistant, calling, type Json, system, tool, user } from "../strict_model/requests.ts";
import { ask, type AskOptions, body, headersOf, post, tools } from "./support.ts";

const [first, second] = [user("In [1]:\nprint(1)"), user("In [2]:\n2")];

/** Sends messages and returns the status of the answer and, for an error, its message. */
async function answerTo(model: Parameters<typeof post>[0], messages: Json[], fields: Json = {}) {
  const response = await post(model, { model: "m", messages, tools, ...fields });
  const answer = await response.json();
  return { status: response.status, message: answer.error?.message ?? answer.message };
}

Deno.test("the offline model refuses by default what OpenAI refuses", async () => {
  await using model = await startOfflineModel();
  const { status, message } = await answerTo(model, [first, calling("call_1"), second]);
  assert.equal(status, 400);
  assert.match(message, /did not have response messages: call_1$/);
});

Deno.test("a strict offline model requires its earlier answers in each request", async (t) => {
  await using model = await startOfflineModel({ strict: "openai" });
  const key = { prompt_cache_key: "strict" };
  assert.equal((await answerTo(model, [system("s"), first], key)).status, 200);

  const LOST: [string, Json[], string][] = [
    ["an earlier cell", [second], "In [1] was answered in this conversation and is missing."],
    ["the answer to an earlier cell", [first, second], "The answer to In [1] is missing."],
    ["the output of an earlier cell", [first, assistant("(no output)"), second], "The stdout of In [1] is missing."],
  ];
  for (const [what, messages, loss] of LOST) {
    await t.step(`a request without ${what} is refused`, async () => {
      assert.deepEqual(await answerTo(model, messages, key), {
        status: 400,
        message: `The conversation is not complete: ${loss}`,
      });
    });
  }

  const WHOLE: [string, Json[]][] = [
    ["with all answers", [first, calling("a"), tool("a"), second]],
    ["with a final turn at the end of each cell", [first, calling("a"), tool("a"), assistant("(done)"), second]],
    ["with outputs that are marked as omitted", [first, assistant("(output omitted)"), second]],
    ["of another conversation", [user("In [1]:\nx = 1"), assistant("(no output)"), second]],
  ];
  for (const [what, messages] of WHOLE) {
    await t.step(`a request ${what} is accepted`, async () => {
      await answerTo(model, [first], key);
      assert.equal((await answerTo(model, messages, key)).status, 200);
    });
  }

  await t.step("the oldest cells may be left out, but not the newest", async () => {
    const [one, two, three] = ["1", "2", "3"].map((code, index) => user(`In [${index + 1}]:\n${code}`));
    const result = (id: string) => [
      { ...calling(id), tool_calls: [{ id, type: "function", function: { name: "execute_result", arguments: "{}" } }] },
      tool(id),
    ];
    const fields = { prompt_cache_key: "cut" };
    await answerTo(model, [one], fields);
    await answerTo(model, [one, ...result("a"), two], fields);
    assert.equal((await answerTo(model, [two, ...result("b"), three], fields)).status, 200);
    const { message } = await answerTo(model, [one, ...result("a"), user("In [4]:\n4")], fields);
    assert.match(message, /In \[2\] was answered in this conversation and is missing/);
  });
});

Deno.test("an offline model that is not strict accepts a request without earlier answers", async () => {
  await using model = await startOfflineModel();
  assert.equal((await answerTo(model, [first])).status, 200);
  assert.equal((await answerTo(model, [second])).status, 200);
});

Deno.test("an offline model as strict as llama makes one call in each reply", async (t) => {
  await using model = await startOfflineModel({ strict: "llama" });

  await t.step("a reply ends after one call", async () => {
    const options: AskOptions = { key: "llama" };
    assert.deepEqual(await ask(model, ["print(1)\n2"], options), [{ name: "stdout", arguments: { text: "1\n" } }]);
  });

  await t.step("a request without the remaining calls of a cell is accepted", async () => {
    const cell = user("In [1]:\nprint(1)\n2");
    const fields = { prompt_cache_key: "llama" };
    assert.equal((await answerTo(model, [cell, calling("a"), tool("a"), second], fields)).status, 200);
  });

  await t.step("a call without an answer is refused, although llama.cpp accepts it", async () => {
    const { status, message } = await answerTo(model, [user("In [1]:\nprint(1)\n2"), calling("a"), second], {
      prompt_cache_key: "llama",
    });
    assert.equal(status, 400);
    assert.match(message, /1 of the tool calls of In \[1\] have no answer/);
  });

  await t.step("a turn with two calls is refused", async () => {
    const { status, message } = await answerTo(model, [first, calling("a", "b"), tool("a"), tool("b"), second]);
    assert.equal(status, 500);
    assert.match(message, /Jinja Exception: This model only supports single tool-calls at once!$/);
  });

  await t.step("/props and /models answer as in llama.cpp", async () => {
    const headers = headersOf(model);
    const props = await (await fetch(model.url.replace(/v1$/, "props"), { headers })).json();
    assert.equal(props.chat_template_caps.supports_parallel_tool_calls, false);
    const { data: [listed] } = await (await fetch(`${model.url}/models`, { headers })).json();
    assert.deepEqual([listed.id, listed.owned_by, listed.meta.n_ctx], [model.name, "llamacpp", 131_072]);
  });
});

Deno.test("an offline model as strict as mistral makes call ids of nine letters and digits", async () => {
  await using model = await startOfflineModel({ strict: "mistral" });
  const request = { ...body(["1"], { fields: { stream: false } }), prompt_cache_key: undefined };
  const { choices: [{ message }] } = await (await post(model, request)).json();
  assert.match(message.tool_calls[0].id, /^[a-zA-Z0-9]{9}$/);
});

Deno.test("an offline model as strict as gemma answers in text and ignores tool calls", async () => {
  await using model = await startOfflineModel({ strict: "gemma" });
  const fields = { tools: undefined };
  const call = '<tool_call>{"name": "stdout", "arguments": {"text":"1\\n"}}</tool_call>';
  const { choices: [{ message }] } = await (await post(model, { model: "m", messages: [first] })).json();
  assert.equal(message.content, call);
  assert.equal((await answerTo(model, [first, assistant(call), second], fields)).status, 200);
  assert.deepEqual(await answerTo(model, [first, calling("a"), second], fields), {
    status: 400,
    message: "The conversation is not complete: The stdout of In [1] is missing.",
  });
});
