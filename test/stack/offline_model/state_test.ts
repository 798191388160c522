import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, events, hangUpAfter, result, written } from "./support.ts";

Deno.test("the offline model keeps the state of a conversation", async (t) => {
  await using model = await startOfflineModel();

  await t.step("variables and IPython's history are kept from cell to cell", async () => {
    const key = "cells";
    await ask(model, ["x = 20"], { key });
    assert.deepEqual(await ask(model, ["x + 1"], { key, from: 2 }), [result("21")]);
    assert.deepEqual(await ask(model, ["_ * 2, Out, In[1], _i"], { key, from: 3 }), [
      result("(42, {2: 21}, 'x = 20', 'x + 1')"),
    ]);
  });

  await t.step("each prompt_cache_key has separate state", async () => {
    await ask(model, ["secret = 1"], { key: "one" });
    const [call] = await ask(model, ["secret"], { key: "two" });
    assert.equal(call.arguments.ename, "NameError");
  });

  await t.step("the state is rebuilt when the namespace has not run the cells of the conversation", async () => {
    const cells = [
      "print('not again')\ny = 5",
      "import time\ntime.sleep(1000)\ny += 1",
      "await __import__('asyncio').sleep(1000)",
      "y",
    ];
    assert.deepEqual(await ask(model, cells, { key: "agent restarted" }), [result("6")]);
  });

  await t.step("a cell of the conversation does not run twice", async () => {
    const cells = ["n = 0", "n += 1", "n += 1", "n"];
    for (let count = 1; count < cells.length; count++) await ask(model, cells.slice(0, count), { key: "growing" });
    assert.deepEqual(await ask(model, cells, { key: "growing" }), [result("2")]);
  });

  await t.step("a new conversation has no earlier state", async () => {
    await ask(model, ["z = 1"], { key: "anew" });
    const [call] = await ask(model, ["z"], { key: "anew" });
    assert.equal(call.arguments.ename, "NameError");
  });
});

Deno.test("the offline model streams output while the cell runs", async () => {
  await using model = await startOfflineModel();
  const cell = "import time\nfor i in range(3):\n    print(i)\n    time.sleep(0.25)";
  const pieces: string[] = [];
  for await (const data of events(model, [cell])) {
    const delta = data === "[DONE]" ? undefined : JSON.parse(data).choices[0].delta.tool_calls?.[0];
    if (delta) pieces.push(delta.function.arguments);
  }
  assert.equal(pieces.join(""), '{"text":"0\\n1\\n2\\n"}');
  assert.deepEqual(pieces.slice(0, 2), ["", '{"text":"']);
  assert.ok(pieces.length >= 6, `at least one piece for each print: ${JSON.stringify(pieces)}`);
});

Deno.test("a cell is interrupted when its client hangs up, and its state is kept", async (t) => {
  await using model = await startOfflineModel();
  const key = "hang up";
  const next = ["x, __import__('sys').last_type.__name__"];
  for (
    const [from, wait] of [
      "while True: pass",
      "import time; time.sleep(1000)",
      "await __import__('asyncio').sleep(1000)",
    ].entries()
  ) {
    await t.step(`${wait} is interrupted`, async () => {
      // The first delta arrives although the cell never ends.
      await hangUpAfter(model, "started", [`x = ${from}\nprint('started')\n${wait}`], `${key} ${from}`);
      assert.deepEqual(await ask(model, next, { key: `${key} ${from}`, from: 2 }), [
        result(`(${from}, 'KeyboardInterrupt')`),
      ]);
    });
  }
});

Deno.test("a cell that arrives while another one of its key runs waits for that one to end", async () => {
  await using model = await startOfflineModel();
  const key = "at once";
  const first = "x = 'begun'\nprint(x)\nimport time; time.sleep(0.5)\nx = 'ended'";
  let second: ReturnType<typeof ask> | undefined;
  for await (const data of events(model, [first], { key })) {
    if (data.includes("begun")) second ??= ask(model, ["x"], { key, from: 2 });
  }
  assert.deepEqual(await second, [result("'ended'")]);
});

Deno.test("a cell that ignores its interrupt is killed, and the next cell reports the lost state", async () => {
  await using model = await startOfflineModel();
  const key = "stuck";
  const stuck = `x = 1
while True:
    try:
        print('started')
        while True: pass
    except KeyboardInterrupt: pass`;
  await hangUpAfter(model, "started", ["y = 2", stuck], key);
  const lost = "The offline model's Python was restarted and its state was lost. ";
  assert.deepEqual(await ask(model, ["y = 2", stuck, "y, 'x' in dir()"], { key }), [
    written("stderr", `${lost}The cell before this one was run again.\n`),
    result("(2, False)"),
  ]);
});

Deno.test("the next cell reports the lost state when Python was killed", async () => {
  await using model = await startOfflineModel();
  await ask(model, ["x = 1"]);
  Deno.kill(await model.pid(), "SIGKILL");
  const calls = await ask(model, ["'x' in dir()"], { from: 2 });
  assert.deepEqual(calls, [
    written(
      "stderr",
      "The offline model's Python was restarted and its state was lost. Run the cells that it needs again.\n",
    ),
    result("False"),
  ]);
});

Deno.test("a cell ends with a DeadKernelError when Python dies during the cell", async () => {
  await using model = await startOfflineModel();
  const calls: string[] = [];
  for await (const data of events(model, ["print('here')\nwhile True: pass"])) {
    calls.push(data);
    if (data.includes("here")) Deno.kill(await model.pid(), "SIGKILL");
  }
  assert.match(calls.join(""), /DeadKernelError/);
  assert.equal(calls.at(-1), "[DONE]");
});
