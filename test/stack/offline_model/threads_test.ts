import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, hangUpAfter, result, written } from "./support.ts";

/** Programs with threads, and the calls that describe their outputs. */
const PROGRAMS: [string, string, Call[]][] = [
  [
    "a thread runs when it is started",
    "import threading\ndef w(n): print(n, threading.current_thread().name)\n" +
    "ts = [threading.Thread(target=w, args=(i,)) for i in range(2)]\n" +
    "for t in ts: t.start()\nfor t in ts: t.join()\nts[0].is_alive(), threading.current_thread().name",
    [written("stdout", "0 Thread-5 (w)\n1 Thread-6 (w)\n"), result("(False, 'MainThread')")],
  ],
  [
    "a thread pool computes results in order",
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n" +
    "    futures = [pool.submit(divmod, 7, n) for n in range(2)]\n    squares = list(pool.map(lambda n: n * n, range(3)))\n" +
    "squares, futures[1].result(), type(futures[0].exception())",
    [result("([0, 1, 4], (7, 0), ZeroDivisionError)")],
  ],
  [
    "a worker thread ends when its queue is empty",
    "import threading, queue\nq = queue.Queue()\ndef w():\n    while True:\n        print(q.get())\n        q.task_done()\n" +
    "q.put('a')\nthreading.Thread(target=w, daemon=True).start()\nq.join()",
    [written("stdout", "a\n")],
  ],
];

Deno.test("programs with threads run although Python has no threads", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, calls] of PROGRAMS) {
    await t.step(name, async () => assert.deepEqual(await ask(model, [code]), calls));
  }

  await t.step("a wait that nothing can end raises an error with the reason", async () => {
    const [call] = await ask(model, ["import threading\nthreading.Event().wait()"], { key: "wait" });
    assert.match(String(call.arguments.evalue), /has no threads: a thread runs to its end when it is started/);
  });

  await t.step("an interrupt ends a thread and the cell that started it", async () => {
    const cell = "import threading, time\nx = 1\ndef w():\n    print('started')\n    time.sleep(1000)\n" +
      "threading.Thread(target=w).start()\nx = 2";
    await hangUpAfter(model, "started", [cell], "interrupt");
    assert.deepEqual(await ask(model, ["x"], { key: "interrupt", from: 2 }), [result("1")]);
  });
});

const TOO_DEEP = /^RecursionError: maximum recursion depth exceeded$/;

/** Cells that call from C to Python and back many times. */
const DEEP: [string, string, Call | RegExp][] = [
  [
    "functools.cache to a depth of 900",
    "import functools\n@functools.cache\ndef f(n): return n and f(n - 1)\nf(900)",
    result("0"),
  ],
  ["functools.cache without an end", "import functools\n@functools.cache\ndef f(n): return f(n + 1)\nf(0)", TOO_DEEP],
  ["sorted()", "def f(x): return sorted([1], key=f)\nf(1)", TOO_DEEP],
  ["__new__()", "class X:\n    def __new__(cls): return X()\nX()", TOO_DEEP],
  ["repr()", "class X:\n    def __repr__(self): return repr(self)\nX()", TOO_DEEP],
];

Deno.test("deep recursion through C does not end the Python process", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, expected] of DEEP) {
    await t.step(`recursion through ${name} does not end Python`, async () => {
      const [call] = await ask(model, [code]);
      if (expected instanceof RegExp) assert.match(`${call.arguments.ename}: ${call.arguments.evalue}`, expected);
      else assert.deepEqual(call, expected);
    });
  }
});
