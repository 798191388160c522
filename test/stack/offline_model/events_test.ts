import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, result, written } from "./support.ts";

const EVENTS = "e = get_ipython().events\n";

Deno.test("IPython's events call functions before and after a cell", async (t) => {
  await using model = await startOfflineModel();
  const run = (...cells: string[]) => ask(model, cells, { key: crypto.randomUUID() });

  await t.step("callbacks receive the code and the success of a cell", async () => {
    const code = `${EVENTS}seen = []\n` +
      "before = lambda info: seen.append(info.raw_cell)\nafter = lambda result: seen.append(result.success)\n" +
      "e.register('pre_run_cell', before)\ne.register('post_run_cell', after)";
    const cells = [code, "1 / 0", "seen"];
    const key = "told";
    for (const end of [1, 2]) await ask(model, cells.slice(0, end), { key });
    assert.deepEqual(await ask(model, cells, { key }), [result("[True, '1 / 0', False, 'seen']")]);
  });

  await t.step("the failure of a callback is shown", async () => {
    const [text, error] = await run(`${EVENTS}def fail(): raise KeyError(1)\ne.register('post_execute', fail)`);
    assert.match(
      `${text.arguments.text}`,
      /^Error in callback <function fail at 0x\w+> \(for post_execute\), with arg/,
    );
    assert.deepEqual([error.name, error.arguments.ename], ["error", "KeyError"]);
  });

  await t.step("the output of a callback comes before the error of a failing cell", async () => {
    const calls = await run(`${EVENTS}bye = lambda: print('bye')\ne.register('post_execute', bye)\n1 / 0`);
    assert.deepEqual([calls[0], calls[1].name], [written("stdout", "bye\n"), "error"]);
  });

  await t.step("an unknown event or callback raises an error", async () => {
    for (
      const [code, expected] of [["e.register('lunch', print)", "KeyError: 'lunch'"], [
        "e.unregister('post_execute', print)",
        "ValueError: Function <built-in function print> is not registered as a post_execute callback",
      ]]
    ) {
      const { ename, evalue } = (await run(EVENTS + code)).at(-1)!.arguments;
      assert.equal(`${ename}: ${evalue}`, expected);
    }
  });
});

Deno.test("packages can detect that they run in a notebook", async () => {
  await using model = await startOfflineModel();
  const code =
    "import IPython\nhasattr(get_ipython(), 'kernel'), 'zmq' in str(type(get_ipython())), IPython.version_info >= (8, 24)";
  assert.deepEqual(await ask(model, [code]), [result("(True, True, True)")]);
});
