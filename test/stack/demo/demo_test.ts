/**
 * The demo with the real agent and a real notebook server. The model server is scripted.
 *
 * @module
 */

import { systemClock } from "../../../src/async/clock.ts";
import assert from "node:assert/strict";
import { ConfigurationError } from "../../../src/errors.ts";
import { type DemoOptions, runDemo } from "../../../stack/demo/demo.ts";
import { answer, display, error, gate, result, stdout } from "../../support/scripted_answer.ts";
import { ONE_PIXEL_PNG } from "../../media/pictures.ts";
import { inTurn, type ScriptedModelServer, startScriptedModel } from "../../support/scripted_model_server.ts";

/** A valid PNG that is too large for an event: one pixel and a long comment. */
const LARGE_PNG = withComment(Uint8Array.fromBase64(ONE_PIXEL_PNG), 8_000).toBase64();

interface Recorded {
  source: string;
  outputs?: unknown[];
}

const recordedError = { output_type: "error", ename: "ValueError", evalue: "bad", traceback: [] };

/** Inserts a comment chunk of `size` bytes before the last chunk, `IEND`, which has twelve bytes. */
function withComment(png: Uint8Array, size: number): Uint8Array {
  const comment = new Uint8Array(size + 12);
  new DataView(comment.buffer).setUint32(0, size);
  comment.set(new TextEncoder().encode("teXt"), 4);
  return new Uint8Array([...png.subarray(0, -12), ...comment, ...png.subarray(-12)]);
}

/** Returns a notebook file with these code cells below a heading. */
function notebookOf(...cells: Recorded[]): string {
  const code = cells.map(({ source, outputs = [] }) => ({ cell_type: "code", source, outputs }));
  return JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: "markdown", source: "# Title" }, ...code] });
}

/** A screen that records what is written and resolves a promise when a text appears. */
class Screen {
  text = "";
  #waiting: { part: string; resolve: () => void }[] = [];

  readonly write = (text: string): void => {
    this.text += text;
    for (const { part, resolve } of this.#waiting) if (this.text.includes(part)) resolve();
  };

  shows(part: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ part, resolve });
      this.write("");
    });
  }
}

function optionsFor(
  model: ScriptedModelServer,
  notebook: string,
  screen: Screen,
  options: Partial<DemoOptions> = {},
): DemoOptions {
  return {
    notebook,
    environment: { OPENAI_API_KEY: "key", OPENAI_BASE_URL: model.baseUrl, AIPYTHON_MODEL: "scripted" },
    write: screen.write,
    color: false,
    signal: new AbortController().signal,
    clock: systemClock,
    ...options,
  };
}

Deno.test("runDemo() draws output while it is streamed and returns true when the cells end as recorded", async () => {
  await using model = await startScriptedModel(inTurn(
    answer(stdout("first half, "), gate("half"), stdout("second half\n"), result("6")),
    answer(error("ValueError", "another message")),
  ));
  const screen = new Screen();
  const notebook = notebookOf({ source: "f()" }, { source: "g()", outputs: [recordedError] });
  const ending = runDemo(optionsFor(model, notebook, screen));

  await Promise.race([screen.shows("first half, "), ending]);
  assert.ok(!screen.text.includes("second half"));
  model.open("half");
  assert.equal(await ending, true);

  assert.match(screen.text, /Model: scripted at 127\.0\.0\.1:\d+\. All outputs are simulated/);
  assert.match(screen.text, /\nTitle\n/);
  assert.match(screen.text, /\nIn \[1\]: f\(\)\nfirst half, second half\nOut\[1\]: 6\n/);
  assert.match(screen.text, /\nIn \[2\]: g\(\)\n-{75}\nValueError[^\n]*\nValueError: another message\n/);
  assert.match(screen.text, /2 cells ran, 1 of them with the error/);
  assert.match(screen.text, /\d+ events in the notebook's log/);
});

Deno.test("runDemo() describes an inline or uploaded picture beside its text", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="340" height="124"><rect width="9" height="9"/></svg>';
  await using model = await startScriptedModel(
    answer(
      display({ "image/svg+xml": svg, "text/plain": "<Figure: two bars>" }),
      display({ "image/png": LARGE_PNG, "text/plain": "<Figure: noise>" }),
    ),
  );
  const screen = new Screen();
  await runDemo(optionsFor(model, notebookOf({ source: "plot()" }), screen));
  assert.match(screen.text, /<Figure: two bars> \[picture: SVG, 340 x 124 pixels, \d+ bytes\]\n/);
  assert.match(screen.text, /<Figure: noise> \[picture: PNG, uploaded\]\n/);
});

Deno.test("runDemo() runs the cells one after the other, with the earlier cells in each request", async () => {
  await using model = await startScriptedModel(inTurn(answer(stdout("one\n")), answer(stdout("two\n"))));
  await runDemo(optionsFor(model, notebookOf({ source: "cell_a" }, { source: "cell_b" }), new Screen()));
  const [first, second] = model.requests.map(({ body }) => JSON.stringify(body.messages));
  assert.ok(first.includes("cell_a") && !first.includes("cell_b"));
  assert.ok(second.includes("cell_a") && second.includes("cell_b"));
});

Deno.test("runDemo() returns false and names the cell when a cell does not fail as recorded", async () => {
  await using model = await startScriptedModel(answer(result("6")));
  const screen = new Screen();
  const notebook = notebookOf({ source: "f()", outputs: [recordedError] });
  assert.equal(await runDemo(optionsFor(model, notebook, screen)), false);
  assert.match(screen.text, /In \[1\]: it should have failed, and has completed/);
});

Deno.test("runDemo() stops everything when its signal aborts during a cell", async () => {
  await using model = await startScriptedModel(answer(stdout("begun\n"), gate("never"), stdout("x")));
  const stop = new AbortController();
  const screen = new Screen();
  const ending = runDemo(optionsFor(model, notebookOf({ source: "f()" }), screen, { signal: stop.signal }));
  await Promise.race([screen.shows("begun"), ending]);
  const reason = new Error("enough");
  stop.abort(reason);
  await assert.rejects(ending, reason);
  // The agent has cancelled its request. Deno's sanitizers check that nothing else is left.
  await model.disconnected(0);
});

Deno.test("runDemo() stops everything when its signal aborts during the start", async () => {
  await using model = await startScriptedModel([]);
  const stop = new AbortController();
  const ending = runDemo(optionsFor(model, notebookOf(), new Screen(), { signal: stop.signal }));
  const reason = new Error("never mind");
  stop.abort(reason);
  await assert.rejects(ending, reason);
});

Deno.test("runDemo() rejects with the error that keeps the agent from starting", async () => {
  await using model = await startScriptedModel([]);
  const environment = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: "no address" };
  const ending = runDemo(optionsFor(model, notebookOf(), new Screen(), { environment }));
  await assert.rejects(ending, ConfigurationError);
});

Deno.test("runDemo() rejects a file that is not a notebook before it shows anything", async () => {
  await using model = await startScriptedModel([]);
  const screen = new Screen();
  await assert.rejects(runDemo(optionsFor(model, "{}", screen)), /nbformat/);
  assert.equal(screen.text, "");
});
