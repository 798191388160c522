/**
 * Runs cells alternately in a shell with telemetry and in one without, and prints the medians in milliseconds. The
 * model is a function, so only the cell is measured.
 *
 * @module
 */

import type { Model, ModelEvent } from "../../src/execution/model.ts";
import { InteractiveShell } from "../../src/shell/interactive_shell.ts";
import { openCellSpans } from "../../src/telemetry/cell_spans.ts";
import { median } from "../speed/quantile.ts";

/** The number of cells that each shell runs: enough for a reproducible median. */
const CELLS = 400;

/** Answers every cell with a line. */
const model: Model = {
  name: "instant",
  async *stream(): AsyncGenerator<ModelEvent> {
    yield { type: "tool_call", index: 0, id: "a", name: "stdout" };
    yield { type: "tool_call_delta", index: 0, delta: '{"text":"a\\n"}' };
    yield { type: "finish", reason: "tool_calls" };
    yield { type: "usage", usage: { input: 10, cachedInput: 0, output: 5 } };
    await Promise.resolve();
  },
};

const options = { model, cacheKey: "bench", maxHistoryLength: 0 };
const bare = new InteractiveShell(options);
const offered = new InteractiveShell({
  ...options,
  telemetry: await openCellSpans({ baseUrl: "http://127.0.0.1/v1" }),
});
const { signal } = new AbortController();
const times = { bare: [] as number[], offered: [] as number[] };
for (let cell = 0; cell < CELLS; cell++) {
  for (const [name, shell] of [["bare", bare], ["offered", offered]] as const) {
    const begun = performance.now();
    await shell.runCell("f()", { signal });
    times[name].push(performance.now() - begun);
  }
}
const text = JSON.stringify({ bare: median(times.bare), offered: median(times.offered) });
Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
