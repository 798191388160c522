/**
 * The README's example interactions, as another client of the notebook sees them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../stack/sync_server/start.ts";
import { attach } from "./support/attached.ts";
import { answer, display, error, result, stdout } from "./support/scripted_answer.ts";
import { inTurn } from "./support/scripted_model_server.ts";

const plot = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480">
  <polyline points="80,400 320,250 560,60" fill="none" stroke="#1f77b4"/><text x="300" y="40">squares</text>
</svg>`;

Deno.test("a notebook shows the outputs of the README's examples", async (t) => {
  await using server = await startSyncServer();

  await t.step("the expression 2 + 3 shows its value", async () => {
    await using at = await attach(server, answer(result("5")));
    const cell = at.person.addCell("2 + 3");
    await at.person.requestIs(at.person.run(cell), "completed");
    const [output, ...others] = at.person.outputs(cell);
    assert.deepEqual(output.representations, { "text/plain": { type: "inline", data: "5" } });
    assert.deepEqual([output.outputType, output.executionCount, others], ["multimedia_result", 1, []]);
  });

  await t.step("a print writes its text to stdout", async () => {
    await using at = await attach(server, answer(stdout("Hello, World!\n")));
    const cell = at.person.addCell('print("Hello, World!")');
    await at.person.requestIs(at.person.run(cell), "completed");
    assert.equal(at.person.text(cell), "Hello, World!\n");
  });

  await t.step("an error shows the exception and its traceback as IPython does", async () => {
    await using at = await attach(
      server,
      answer(error("ZeroDivisionError", "division by zero", ["ZeroDivisionError: division by zero"])),
    );
    const cell = at.person.addCell("x = 1 / 0");
    await at.person.requestIs(at.person.run(cell), "failed");
    const { ename, evalue, traceback } = JSON.parse(at.person.outputs(cell)[0].data!);
    assert.deepEqual([ename, evalue], ["ZeroDivisionError", "division by zero"]);
    assert.match(traceback.join("\n"), /-{75}.*\n.*ZeroDivisionError.* +Traceback \(most recent call last\)/);
    assert.match(traceback.join("\n"), /ZeroDivisionError.*: division by zero$/);
  });

  await t.step("a plot that the model draws as SVG is displayed", async () => {
    await using at = await attach(
      server,
      answer(display({ "text/plain": "<Figure size 640x480 with 1 Axes>", "image/svg+xml": plot })),
    );
    const cell = at.person.addCell("import matplotlib.pyplot as plt\nplt.plot([1, 2, 3], [1, 4, 9])\nplt.show()");
    await at.person.requestIs(at.person.run(cell), "completed");
    const [{ representations }] = at.person.outputs(cell);
    assert.deepEqual(representations, {
      "text/plain": { type: "inline", data: "<Figure size 640x480 with 1 Axes>" },
      "image/svg+xml": { type: "inline", data: plot },
    });
  });

  await t.step("the model receives the source of cells that were executed before", async () => {
    await using at = await attach(server, inTurn(answer(), answer(result("42"))));
    const cells = ["answer = 6 * 7", "answer"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    await at.person.requestIs(requests[1], "completed");
    const turns = at.model.requests[1].body.messages.map((message: { content: string }) => message.content);
    assert.ok(turns.some((content: string) => content?.includes("answer = 6 * 7")));
    assert.deepEqual(at.person.outputs(cells[1])[0].representations!["text/plain"], { type: "inline", data: "42" });
  });
});
