/**
 * The processes of the offline model: one for each notebook, limited in number, memory and time.
 *
 * @module
 */

import assert from "node:assert/strict";
import { KERNEL_LIMITS } from "../../../stack/offline_model/kernel_limits.ts";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ended } from "./ended.ts";
import { ask, type Call, events, result, written } from "./support.ts";

const MB = 1024 * 1024;

/** Lower memory limits than the defaults, so that memory is full sooner. */
const SMALL = { pythonMemory: 96 * MB, residentMemory: 512 * MB };

const LOST = "The offline model's Python was restarted and its state was lost.";
const ONE_RUN_AGAIN = written("stderr", `${LOST} The cell before this one was run again.\n`);

/** Returns the resident memory of the model's processes, in bytes. */
async function residentMemory(model: OfflineModel): Promise<number> {
  const sizes = await Promise.all(model.pids.map(async (pid) => {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await Deno.readTextFile(`/proc/${pid}/status`)) ?? [];
    return Number(kilobytes) * 1024;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Returns the name of the exception that ended a cell. */
const enameOf = (calls: Call[]) => calls.at(-1)?.arguments.ename;

/** Starts a cell and waits until it has printed `started`. The returned function waits for its end. */
async function begin(model: OfflineModel, code: string, key: string): Promise<() => Promise<string>> {
  const running = events(model, [`print("started")\n${code}`], { key });
  let text = "";
  while (!text.includes("started")) text += (await running.next()).value;
  return async () => {
    for await (const data of running) text += data;
    return text;
  };
}

Deno.test("each notebook has its own Python process", async (t) => {
  await using model = await startOfflineModel();
  await ask(model, ["secret_of_one = 'one'"], { key: "one" });

  await t.step("two notebooks have different processes", async () => {
    assert.notEqual(await model.pid("one"), await model.pid("two"));
  });

  await t.step("a notebook finds no object of another notebook", async () => {
    const look = "import gc\nname = ''.join(['secret', '_of', '_one'])\n" +
      "[o for o in gc.get_objects() if isinstance(o, dict) and name in o]";
    assert.deepEqual(await ask(model, [look], { key: "two" }), [result("[]")]);
  });

  await t.step("an endless cell does not block another notebook", async () => {
    const hanging = new AbortController();
    const endless = ask(model, ["while True: pass"], { key: "one", signal: hanging.signal });
    assert.deepEqual(await ask(model, ["1"], { key: "two" }), [result("1")]);
    hanging.abort();
    await assert.rejects(endless);
  });
});

Deno.test("a notebook that fills its memory does not affect other notebooks", async (t) => {
  await using model = await startOfflineModel({ limits: SMALL });
  const greedy = "x = []\nwhile True: x.append(bytearray(10**6))";
  await ask(model, ["y = 2"], { key: "greedy" });
  await ask(model, ["z = 3"], { key: "other" });
  const pids = await Promise.all([model.pid("greedy"), model.pid("other")]);

  await t.step("the cell that fills the memory gets a MemoryError, and another notebook runs a cell", async () => {
    const filling = ask(model, ["y = 2", greedy], { key: "greedy" });
    assert.deepEqual(await ask(model, ["z"], { key: "other", from: 2 }), [result("3")]);
    assert.equal(enameOf(await filling), "MemoryError");
  });

  await t.step("the memory is released", async () => {
    await ended(pids[0]);
    assert.ok(await residentMemory(model) < 3 * 300 * MB);
  });

  await t.step("the notebook has its variables again, except those of the cell that filled the memory", async () => {
    assert.deepEqual(await ask(model, ["y = 2", greedy, "y, 'x' in dir()"], { key: "greedy" }), [
      ONE_RUN_AGAIN,
      result("(2, False)"),
    ]);
    assert.equal(await model.pid("other"), pids[1]);
  });
});

Deno.test("a single allocation that is too large raises MemoryError and keeps the notebook's state", async () => {
  await using model = await startOfflineModel({ limits: SMALL });
  const pid = await model.pid();
  assert.equal(enameOf(await ask(model, ["x = 1\n'a' * 10**9"])), "MemoryError");
  assert.deepEqual(await ask(model, ["x"], { from: 2 }), [result("1")]);
  assert.equal(await model.pid(), pid);
});

Deno.test("a cell whose files fill the memory ends with a DeadKernelError that gives the reason", async () => {
  await using model = await startOfflineModel({ limits: SMALL });
  const writing = "with open('f', 'wb') as f:\n    while True: f.write(bytes(10**6))";
  const [call] = await ask(model, [writing]);
  assert.deepEqual([enameOf([call]), String(call.arguments.traceback).includes("more than 512 MB")], [
    "DeadKernelError",
    true,
  ]);
});

Deno.test("KERNEL_LIMITS allows one gigabyte of memory for each process", () => {
  assert.ok(KERNEL_LIMITS.pythonMemory < KERNEL_LIMITS.residentMemory);
  assert.equal(KERNEL_LIMITS.residentMemory, 1024 * MB);
});

Deno.test("a cell that exceeds its time limit is interrupted with a message", async () => {
  await using model = await startOfflineModel({ limits: { cellMs: 2_000 } });
  const calls = await ask(model, ["x = 1\nprint('on')\nwhile True: pass"]);
  assert.deepEqual(calls.slice(0, 2), [
    written("stdout", "on\n"),
    written("stderr", "The offline model ends a cell after 2 seconds.\n"),
  ]);
  assert.equal(enameOf(calls), "KeyboardInterrupt");
  assert.deepEqual(await ask(model, ["x"], { from: 2 }), [result("1")]);
});

Deno.test("an idle notebook's process ends, and its state is restored for the next cell", async () => {
  await using model = await startOfflineModel({ limits: { idleMs: 200, spareDelayMs: 60_000 } });
  await ask(model, ["x = 1"]);
  const [pid] = model.pids;
  await ended(pid);
  assert.deepEqual(model.pids, []);
  assert.deepEqual(await ask(model, ["x = 1", "x"]), [ONE_RUN_AGAIN, result("1")]);
});

Deno.test("endNotebook() ends the process of a notebook", async (t) => {
  await using model = await startOfflineModel({ limits: { spareDelayMs: 60_000 } });
  const greeting = ["x = 1", "x"];

  await t.step("the process ends, and the notebook's state is restored for the next cell", async () => {
    await ask(model, greeting.slice(0, 1), { key: "left" });
    const [pid] = model.pids;
    await model.endNotebook("left");
    await ended(pid);
    assert.deepEqual(model.pids, []);
    assert.deepEqual(await ask(model, greeting, { key: "left" }), [ONE_RUN_AGAIN, result("1")]);
  });

  await t.step("the process is kept until a running cell has ended", async () => {
    const goOn = await begin(model, "import time\ntime.sleep(0.3)\nprint('to the end')", "left");
    const [pid] = model.pids;
    await model.endNotebook("left");
    assert.match(await goOn(), /to the end/);
    await ended(pid);
  });

  await t.step("the process is kept when another cell arrives before it ends", async () => {
    const goOn = await begin(model, "import time\ntime.sleep(0.3)", "left");
    await model.endNotebook("left");
    const next = ask(model, ["y = 2"], { key: "left", from: 2 });
    await goOn();
    await next;
    assert.deepEqual(await ask(model, ["y"], { key: "left", from: 3 }), [result("2")]);
  });

  await t.step("a notebook that never ran a cell is ignored", () => model.endNotebook("unknown"));
});

Deno.test("the number of processes is limited, and the one that has been idle longest ends first", async () => {
  const processes = 2;
  await using model = await startOfflineModel({ limits: { processes, spareDelayMs: 0 } });
  const living: number[] = [];
  for (const key of ["a", "b", "a", "c"]) {
    const number = key === "a" && living.length > 0 ? 2 : 1;
    await ask(model, [`x = ${JSON.stringify(key)}`], { key, from: number });
    living.push(model.pids.length);
  }
  assert.ok(living.every((count) => count <= processes), living.join());
  assert.deepEqual(await ask(model, ["x"], { key: "a", from: 3 }), [result("'a'")]);
  assert.deepEqual(await ask(model, ["x = 'b'", "x"], { key: "b" }), [ONE_RUN_AGAIN, result("'b'")]);
  assert.ok(model.pids.length <= processes);
});

Deno.test("a notebook waits while all processes are busy, and its client may hang up", async () => {
  await using model = await startOfflineModel({ limits: { processes: 1 } });
  const goOn = await begin(model, "import time\ntime.sleep(0.5)", "busy");
  const givingUp = new AbortController();
  const dropped = ask(model, ["1"], { key: "dropped", signal: givingUp.signal });
  const waiting = ask(model, ["2"], { key: "waiting" });
  givingUp.abort();
  await assert.rejects(dropped);
  assert.match(await goOn(), /\[DONE\]$/);
  assert.deepEqual(await waiting, [result("2")]);
  assert.equal(model.pids.length, 1);
});

Deno.test("a spare process is ready for the next notebook", async () => {
  await using model = await startOfflineModel({ limits: { spareDelayMs: 0 } });
  await ask(model, ["1"], { key: "first" });
  while (model.pids.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = [...model.pids];
  assert.ok(before.includes(await model.pid("second")));
});

Deno.test("stop() leaves no process behind", async () => {
  const model = await startOfflineModel({ limits: { spareDelayMs: 0 } });
  await begin(model, "while True: pass", "busy").then((goOn) => void goOn().catch(() => {}));
  await ask(model, ["1"], { key: "idle" });
  const pids = [...model.pids];
  assert.ok(pids.length >= 2);
  await model.stop();
  await Promise.all(pids.map(ended));
});
