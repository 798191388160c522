import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { PERSONA } from "../../../../src/python/persona.ts";
import { KERNEL_LIMITS } from "../../../../stack/offline_model/kernel_limits.ts";
import type { FoundPackages, PackagesRequest } from "../../../../stack/offline_model/packages/packages.ts";
import type { PythonEvent } from "../../../../stack/offline_model/protocol.ts";
import { PythonProcess } from "../../../../stack/offline_model/python_process.ts";
import { findSnapshot } from "../../../../stack/offline_model/snapshot_cache.ts";
import { makeZip } from "./wheels.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

const pyodideUrl = new URL(".", import.meta.resolve("pyodide")).href;

/** A request of Python for packages, which a test answers. */
interface Question {
  request: PackagesRequest;
  signal: AbortSignal;
  answer(found: FoundPackages): void;
}

/** Starts a Python process whose requests for packages a test answers. */
async function startAsking() {
  const { readable, writable } = new TransformStream<Question, Question>(undefined, { highWaterMark: 9 });
  const [questions, asked] = [readable.getReader(), writable.getWriter()];
  const boot = { ...KERNEL_LIMITS, persona: PERSONA, pyodideUrl, pythonDir: `${root}/stack/offline_model/python` };
  const snapshot = await findSnapshot(boot, `${root}/.cache/offline_model`, new AbortController().signal);
  const process = PythonProcess.start({ ...boot, snapshot }, (request, signal) => {
    const { promise, resolve: answer } = Promise.withResolvers<FoundPackages>();
    asked.write({ request, signal, answer });
    return promise;
  });
  await process.ready();
  return {
    process,
    nextQuestion: async () => (await questions.read()).value!,
    async run(code: string): Promise<PythonEvent[]> {
      const cell = { executionCount: 1, code, muted: false, partial: false, fresh: false, canAsk: false, answers: [] };
      return (await Array.fromAsync(process.run(cell, () => {}))).flat();
    },
    [Symbol.asyncDispose]: () => process.close(),
  };
}

const wheel = (name: string): FoundPackages => ({
  isKnown: true,
  wheels: [{ fileName: `${name}-1.0-py3-none-any.whl`, bytes: makeZip({ [`${name}.py`]: `name = '${name}'` }) }],
});

/** Returns the text of a cell's value, or the name of its error. */
function shown(events: PythonEvent[]): unknown {
  const call = events.find((event) => event.type === "call")?.arguments as
    | { data?: object; ename?: string }
    | undefined;
  return call?.ename ?? Object.values(call?.data ?? {})[0];
}

Deno.test("a Python process requests a module with the package address of its Pyodide version", async () => {
  await using python = await startAsking();
  const { version } = JSON.parse(await Deno.readTextFile(new URL("package.json", pyodideUrl)));
  const running = python.run("import eggs\neggs.name");
  const { request: { module, distribution, loaded }, answer } = await python.nextQuestion();
  assert.deepEqual([module, [...loaded]], ["eggs", []]);
  assert.match(distribution, /^https:/);
  assert.ok(new URL(distribution).pathname.endsWith(`/v${version}/full/`), distribution);
  answer(wheel("eggs"));
  assert.equal(shown(await running), "'eggs'");

  const later = python.run("import jam");
  const question = await python.nextQuestion();
  assert.deepEqual([...question.request.loaded], ["eggs-1.0-py3-none-any.whl"]);
  question.answer({ isKnown: false, wheels: [] });
  assert.equal(shown(await later), "ModuleNotFoundError");
});

Deno.test("an interrupt ends the wait for packages, and a late answer is ignored", async () => {
  await using python = await startAsking();
  const running = python.run("import eggs");
  const late = await python.nextQuestion();
  python.process.interrupt();
  assert.equal(shown(await running), "KeyboardInterrupt");
  assert.equal(late.signal.aborted, true);

  const next = python.run("import jam\njam.name");
  const question = await python.nextQuestion();
  late.answer({ isKnown: true, reason: "it came too late", wheels: [] });
  question.answer(wheel("jam"));
  assert.equal(shown(await next), "'jam'");
});
