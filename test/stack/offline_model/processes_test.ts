/**
 * The processes of the offline model: one a notebook, bounded in number, memory and time.
 *
 * @module
 */

import assert from "node:assert/strict";
import { KERNEL_LIMITS } from "../../../stack/offline_model/kernel_limits.ts";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ended } from "./ended.ts";
import { ask, type Call, events, result, written } from "./support.ts";

const MB = 1024 * 1024;

/** Less memory than there is by default, so that it is full sooner. */
const SMALL = { pythonMemory: 96 * MB, residentMemory: 512 * MB };

const LOST = "The offline model's Python was restarted and its state was lost.";
const ONE_RUN_AGAIN = written("stderr", `${LOST} The cell before this one was run again.\n`);

/** The resident memory of the model's processes, in bytes. */
async function residentMemory(model: OfflineModel): Promise<number> {
  const sizes = await Promise.all(model.pids.map(async (pid) => {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await Deno.readTextFile(`/proc/${pid}/status`)) ?? [];
    return Number(kilobytes) * 1024;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The name of the exception that a cell ended with. */
const enameOf = (calls: Call[]) => calls.at(-1)?.arguments.ename;

/** Begins a cell that goes on, and waits until it has printed `started`. */
async function begin(model: OfflineModel, code: string, key: string): Promise<() => Promise<string>> {
  const running = events(model, [`print("started")\n${code}`], { key });
  let text = "";
  while (!text.includes("started")) text += (await running.next()).value;
  return async () => {
    for await (const data of running) text += data;
    return text;
  };
}

Deno.test("a notebook has its own Python", async (t) => {
  await using model = await startOfflineModel();
  await ask(model, ["secret_of_one = 'one'"], { key: "one" });

  await t.step("in another process", async () => {
    assert.notEqual(await model.pid("one"), await model.pid("two"));
  });

  await t.step("in which nothing of another is found", async () => {
    const look = "import gc\nname = ''.join(['secret', '_of', '_one'])\n" +
      "[o for o in gc.get_objects() if isinstance(o, dict) and name in o]";
    assert.deepEqual(await ask(model, [look], { key: "two" }), [result("[]")]);
  });

  await t.step("that another notebook's endless cell does not keep waiting", async () => {
    const hanging = new AbortController();
    const endless = ask(model, ["while True: pass"], { key: "one", signal: hanging.signal });
    assert.deepEqual(await ask(model, ["1"], { key: "two" }), [result("1")]);
    hanging.abort();
    await assert.rejects(endless);
  });
});

Deno.test("a notebook that fills its memory", async (t) => {
  await using model = await startOfflineModel({ limits: SMALL });
  const greedy = "x = []\nwhile True: x.append(bytearray(10**6))";
  await ask(model, ["y = 2"], { key: "greedy" });
  await ask(model, ["z = 3"], { key: "other" });
  const pids = await Promise.all([model.pid("greedy"), model.pid("other")]);

  await t.step("gets a MemoryError, and another notebook goes on", async () => {
    const filling = ask(model, ["y = 2", greedy], { key: "greedy" });
    assert.deepEqual(await ask(model, ["z"], { key: "other", from: 2 }), [result("3")]);
    assert.equal(enameOf(await filling), "MemoryError");
  });

  await t.step("gives the memory back", async () => {
    await ended(pids[0]);
    assert.ok(await residentMemory(model) < 3 * 300 * MB);
  });

  await t.step("has its variables again, except those of the cell that filled it", async () => {
    assert.deepEqual(await ask(model, ["y = 2", greedy, "y, 'x' in dir()"], { key: "greedy" }), [
      ONE_RUN_AGAIN,
      result("(2, False)"),
    ]);
    assert.equal(await model.pid("other"), pids[1]);
  });
});

Deno.test("a notebook that asks for more memory than there is, and gets none of it, keeps its state", async () => {
  await using model = await startOfflineModel({ limits: SMALL });
  const pid = await model.pid();
  assert.equal(enameOf(await ask(model, ["x = 1\n'a' * 10**9"])), "MemoryError");
  assert.deepEqual(await ask(model, ["x"], { from: 2 }), [result("1")]);
  assert.equal(await model.pid(), pid);
});

Deno.test("a notebook whose files fill the memory ends with the process, and says why", async () => {
  await using model = await startOfflineModel({ limits: SMALL });
  const writing = "with open('f', 'wb') as f:\n    while True: f.write(bytes(10**6))";
  const [call] = await ask(model, [writing]);
  assert.deepEqual([enameOf([call]), String(call.arguments.traceback).includes("more than 512 MB")], [
    "DeadKernelError",
    true,
  ]);
});

Deno.test("a Python may take a gigabyte at most", () => {
  assert.ok(KERNEL_LIMITS.pythonMemory < KERNEL_LIMITS.residentMemory);
  assert.equal(KERNEL_LIMITS.residentMemory, 1024 * MB);
});

Deno.test("a cell that runs for longer than it may is interrupted, and says so", async () => {
  await using model = await startOfflineModel({ limits: { cellMs: 2_000 } });
  const calls = await ask(model, ["x = 1\nprint('on')\nwhile True: pass"]);
  assert.deepEqual(calls.slice(0, 2), [
    written("stdout", "on\n"),
    written("stderr", "The offline model ends a cell after 2 seconds.\n"),
  ]);
  assert.equal(enameOf(calls), "KeyboardInterrupt");
  assert.deepEqual(await ask(model, ["x"], { from: 2 }), [result("1")]);
});

Deno.test("a notebook that is not asked for a while ends its process, and has its state again when it is", async () => {
  await using model = await startOfflineModel({ limits: { idleMs: 200, spareDelayMs: 60_000 } });
  await ask(model, ["x = 1"]);
  const [pid] = model.pids;
  await ended(pid);
  assert.deepEqual(model.pids, []);
  assert.deepEqual(await ask(model, ["x = 1", "x"]), [ONE_RUN_AGAIN, result("1")]);
});

Deno.test("a notebook that is left", async (t) => {
  await using model = await startOfflineModel({ limits: { spareDelayMs: 60_000 } });
  const greeting = ["x = 1", "x"];

  await t.step("ends its process, and has its state again when it is asked for", async () => {
    await ask(model, greeting.slice(0, 1), { key: "left" });
    const [pid] = model.pids;
    await model.endNotebook("left");
    await ended(pid);
    assert.deepEqual(model.pids, []);
    assert.deepEqual(await ask(model, greeting, { key: "left" }), [ONE_RUN_AGAIN, result("1")]);
  });

  await t.step("keeps the process until a cell that still runs has ended", async () => {
    const goOn = await begin(model, "import time\ntime.sleep(0.3)\nprint('to the end')", "left");
    const [pid] = model.pids;
    await model.endNotebook("left");
    assert.match(await goOn(), /to the end/);
    await ended(pid);
  });

  await t.step("keeps it when another cell comes first", async () => {
    const goOn = await begin(model, "import time\ntime.sleep(0.3)", "left");
    await model.endNotebook("left");
    const next = ask(model, ["y = 2"], { key: "left", from: 2 });
    await goOn();
    await next;
    assert.deepEqual(await ask(model, ["y"], { key: "left", from: 3 }), [result("2")]);
  });

  await t.step("costs nothing when it never ran a cell", () => model.endNotebook("unknown"));
});

Deno.test("no more processes live than may, and the notebook that has waited longest is ended first", async () => {
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

Deno.test("a notebook waits while all processes have cells to run, and may give up", async () => {
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

Deno.test("a process is ready before the next notebook asks for it", async () => {
  await using model = await startOfflineModel({ limits: { spareDelayMs: 0 } });
  await ask(model, ["1"], { key: "first" });
  while (model.pids.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = [...model.pids];
  assert.ok(before.includes(await model.pid("second")));
});

Deno.test("no process is left when the offline model is stopped", async () => {
  const model = await startOfflineModel({ limits: { spareDelayMs: 0 } });
  await begin(model, "while True: pass", "busy").then((goOn) => void goOn().catch(() => {}));
  await ask(model, ["1"], { key: "idle" });
  const pids = [...model.pids];
  assert.ok(pids.length >= 2);
  await model.stop();
  await Promise.all(pids.map(ended));
});
