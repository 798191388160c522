import assert from "node:assert/strict";
import { answer, result, stdout } from "../../support/scripted_answer.ts";
import type { JsonObject } from "../../../src/jupyter/message.ts";
import { KernelClient } from "../../support/kernel_client.ts";
import { KernelAtWork } from "./kernel_at_work.ts";
import { kernelTest } from "./kernel_tests.ts";

kernelTest("describes itself on shell and control, and answers heartbeats", async (python) => {
  await using at = await KernelAtWork.start(python, []);
  const client = await at.connect();
  for (const channel of ["shell", "control"] as const) {
    const { reply } = await client.request(channel, "kernel_info_request");
    const { banner, help_links: _, ...content } = reply.content;
    assert.equal(reply.channel, channel);
    assert.deepEqual(content, {
      status: "ok",
      protocol_version: "5.4",
      implementation: "aipython",
      implementation_version: "1.2.3",
      language_info: {
        name: "python",
        version: "3.14",
        mimetype: "text/x-python",
        file_extension: ".py",
        pygments_lexer: "ipython3",
        codemirror_mode: { name: "ipython", version: 3 },
        nbconvert_exporter: "python",
      },
      debugger: false,
      supported_features: [],
    });
    assert.match(banner, /^AIPython 1\.2\.3, as IPython [\d.]+ on CPython 3\.14\nscripted plays IPython\n$/);
  }
  await client.send("hb", "are you there?", {});
  await client.sees(({ channel, content }) => channel === "hb" && content.text === "are you there?");
});

kernelTest("welcomes each subscriber", async (python) => {
  await using at = await KernelAtWork.start(python, []);
  const client = await at.connect();
  const { content, parent, header } = await client.sees(({ type }) => type === "iopub_welcome");
  assert.deepEqual([content, parent], [{ subscription: "" }, {}]);
  assert.equal(header.version, "5.4");
});

Deno.test("a kernel sends its first subscriber the messages published before the subscription, and only the first", async () => {
  await using at = await KernelAtWork.start("", answer(stdout("boiled"), result("6")));
  const codes = (published: { type: string; content: JsonObject }[]) =>
    published.flatMap(({ type, content }) => type === "execute_input" ? [content.code] : []);
  using first = await KernelClient.connect("k3y", at.kernel.ports, (early) => early.execute("spam"));
  await first.execute("eggs");
  const heard = await first.untilIdle();
  assert.deepEqual(codes(heard), ["spam"]);
  assert.deepEqual(heard.slice(-3).map(({ type }) => type), ["stream", "execute_result", "status"]);
  assert.deepEqual(codes(await first.untilIdle()), ["eggs"]);
  using second = await KernelClient.connect("k3y", at.kernel.ports);
  assert.deepEqual(codes((await second.run("ham")).published), ["ham"]);
});

kernelTest("completes names at positions counted in code points", async (python) => {
  await using at = await KernelAtWork.start(python, answer(stdout("")));
  const client = await at.connect();
  await client.run("import os\neggs_spam = 1\neggs_ham = 2");
  const complete = async (code: string, cursor_pos: number) =>
    (await client.request("shell", "complete_request", { code, cursor_pos })).reply.content;
  const found = { status: "ok", metadata: {} };
  assert.deepEqual(await complete("'🥚🥚', eggs_ + 1", 11), {
    ...found,
    matches: ["eggs_ham", "eggs_spam"],
    cursor_start: 6,
    cursor_end: 11,
  });
  assert.deepEqual(await complete("x = 1\nos.path.jo", 16), {
    ...found,
    matches: ["join"],
    cursor_start: 14,
    cursor_end: 16,
  });
  assert.deepEqual(await complete("zzz", 3), { ...found, matches: [], cursor_start: 3, cursor_end: 3 });
  assert.deepEqual(
    (await complete("import math as arithmetic\narith", 31)).matches,
    ["arithmetic"],
    "a name that the cell itself defines",
  );
});

kernelTest("reports whether code is complete", async (python) => {
  await using at = await KernelAtWork.start(python, []);
  const client = await at.connect();
  const answers = [];
  for (const code of ["x = 1", "for i in x:", "x = (", 'x = """', "1 2", "import = 7q", "%%time\n", "!ls", ""]) {
    const { status, indent } = (await client.request("shell", "is_complete_request", { code })).reply.content;
    answers.push([status, indent]);
  }
  assert.deepEqual(answers, [
    ["complete", undefined],
    ["incomplete", "    "],
    ["incomplete", ""],
    ["incomplete", ""],
    ["invalid", undefined],
    ["invalid", undefined],
    ["complete", undefined],
    ["complete", undefined],
    ["complete", undefined],
  ]);
});

kernelTest("describes functions and classes of the session without asking its model", async (python) => {
  await using at = await KernelAtWork.start(python, answer(stdout("")));
  const client = await at.connect();
  await client.run('def boil(egg, minutes=3):\n    """Boils an egg."""\n    return egg');
  const inspect = async (code: string, cursor_pos: number, detail_level = 0) =>
    (await client.request("shell", "inspect_request", { code, cursor_pos, detail_level })).reply.content;
  assert.deepEqual(await inspect("boil(", 5), {
    status: "ok",
    found: true,
    data: { "text/plain": "Signature: boil(egg, minutes=3)\nDocstring: Boils an egg.\nType:      function" },
    metadata: {},
  });
  assert.match((await inspect("boil", 2, 1)).data["text/plain"], /Source:\ndef boil/);
  assert.deepEqual(await inspect("nothing_of_that_name", 3), { status: "ok", found: false, data: {}, metadata: {} });
  assert.deepEqual((await inspect("1 + 2", 1)).found, false);
  assert.equal(at.server.requests.length, 1, "the model was asked only for the cell");
});

kernelTest("asks its model once about any other name, until a cell runs", async (python) => {
  await using at = await KernelAtWork.start(python, answer(stdout("Type: int\n")));
  const client = await at.connect();
  await client.run("spam = 1");
  const inspect = async () =>
    (await client.request("shell", "inspect_request", { code: "spam", cursor_pos: 4, detail_level: 0 })).reply.content;
  assert.deepEqual((await inspect()).data, { "text/plain": "Type: int" });
  await inspect();
  assert.equal(at.server.requests.length, 2);
  assert.match(at.server.requests[1].body.messages.at(-1).content, /spam\?$/);
  await client.run("spam = 2");
  await inspect();
  assert.equal(at.server.requests.length, 4);
  await client.run("1");
  assert.doesNotMatch(
    JSON.stringify(at.server.requests.at(-1)!.body.messages),
    /spam\?/,
    "the question is not part of the session",
  );
});

kernelTest("lists the cells that were run", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("6")));
  const client = await at.connect();
  for (const code of ["1+2+3", "spam = 1", "1+2+4", "1+2+3"]) await client.run(code);
  await client.run("unseen", { store_history: false });
  const list = async (content: Record<string, unknown>) =>
    (await client.request("shell", "history_request", { raw: true, output: false, ...content })).reply.content.history;
  assert.deepEqual(await list({ hist_access_type: "tail", n: 2 }), [[1, 3, "1+2+4"], [1, 4, "1+2+3"]]);
  assert.deepEqual(await list({ hist_access_type: "tail", n: 3, output: true }), [
    [1, 2, ["spam = 1", null]],
    [1, 3, ["1+2+4", "6"]],
    [1, 4, ["1+2+3", "6"]],
  ]);
  assert.deepEqual(await list({ hist_access_type: "range", session: 0, start: 2, stop: 4 }), [
    [0, 2, "spam = 1"],
    [0, 3, "1+2+4"],
  ]);
  assert.deepEqual(await list({ hist_access_type: "range", session: 1, start: -1 }), [[1, 4, "1+2+3"]]);
  assert.deepEqual(await list({ hist_access_type: "range", session: 7, start: 1 }), []);
  assert.deepEqual(await list({ hist_access_type: "search", pattern: "1?2*", n: 2 }), [[1, 3, "1+2+4"], [
    1,
    4,
    "1+2+3",
  ]]);
  assert.deepEqual(await list({ hist_access_type: "search", pattern: "1?2*[3-9]", unique: true }), [
    [1, 3, "1+2+4"],
    [1, 4, "1+2+3"],
  ]);
  assert.deepEqual(await list({ hist_access_type: "search", pattern: "(" }), []);
});
