/**
 * SVGs are drawn on a separate thread, which can be stopped.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { DrawingThread } from "../../src/media/drawing_thread.ts";
import { withPng } from "../../src/media/svg_as_png.ts";
import { SvgError } from "../../src/media/svg_error.ts";
import { svgToPng } from "../../src/media/svg_to_png.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { dearPicture, plot } from "./pictures.ts";

const DEADLINE_MS = 20_000;

/** A module that never finishes an SVG with the text "stuck", and draws one byte for any other SVG. */
const STUCK_MODULE = `data:text/javascript,${
  encodeURIComponent(`
    export const svgToPng = (svg) => svg.includes("stuck") ? new Promise(() => {}) : Promise.resolve(new Uint8Array([1]));
  `)
}`;

const rejectsFor = (drawing: Promise<unknown>, reason: RegExp) =>
  assert.rejects(drawing, (error) => error instanceof SvgError && reason.test(error.message));

Deno.test("DrawingThread draws pictures one after another and continues after an invalid one", async () => {
  using thread = new DrawingThread();
  const drawings = await Promise.all([plot(3), plot(30)].map((svg) => thread.draw(svg)));
  assert.deepEqual(drawings, [await svgToPng(plot(3)), await svgToPng(plot(30))]);
  await rejectsFor(thread.draw("<svg"), /^the SVG cannot be drawn: it is not well-formed XML/);
  assert.ok((await thread.draw(plot(3))).length > 0);
});

Deno.test("timers continue while a large picture is drawn", async () => {
  using thread = new DrawingThread();
  await thread.draw(plot(3));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  await thread.draw(dearPicture).finally(() => clearInterval(timer));
  assert.ok(ticks > 5, `${ticks} ticks`);
});

Deno.test("interrupt() rejects the pending drawings of a DrawingThread, and later ones are drawn", async () => {
  using thread = new DrawingThread();
  const drawings = [dearPicture, plot(3)].map((svg) => rejectsFor(thread.draw(svg), /^drawing it was interrupted$/));
  thread.interrupt();
  await Promise.all(drawings);
  assert.ok((await thread.draw(plot(3))).length > 0);
});

Deno.test("disposing of a DrawingThread rejects the current drawing", async () => {
  const thread = new DrawingThread();
  await thread.draw(plot(3));
  const drawing = rejectsFor(thread.draw(dearPicture), /interrupted/);
  await Promise.resolve();
  thread[Symbol.dispose]();
  await drawing;
});

/**
 * Runs a module that uses a `thread`. Resolves with its exit code.
 *
 * @param module the module that draws. Default: the real one
 */
async function codeOf(lines: string, module?: string): Promise<number> {
  const folder = new URL("../../src/media/", import.meta.url);
  const source = `import { DrawingThread } from "${folder}drawing_thread.ts";
    const thread = new DrawingThread(${JSON.stringify({ module })});
    ${lines}`;
  const { code, signal } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", source],
    cwd: folder,
    signal: AbortSignal.timeout(20_000),
  }).output();
  assert.equal(signal, null, "the process did not end");
  return code;
}

Deno.test("a process ends by itself after its DrawingThread is disposed of", async () => {
  assert.equal(await codeOf(`await thread.draw(${JSON.stringify(plot(3))}); thread[Symbol.dispose]();`), 0);
});

Deno.test("a process can exit while its DrawingThread is in an endless loop", async () => {
  const module = `data:text/javascript,export const svgToPng = () => { for (;;); };`;
  const lines =
    `setTimeout(() => { thread[Symbol.dispose](); Deno.exit(7); }, 500); await thread.draw("").catch(() => {});`;
  assert.equal(await codeOf(lines, module), 7);
});

Deno.test("a drawing that never finishes is rejected, and another thread draws the next picture", async () => {
  const clock = new ManualClock();
  using thread = new DrawingThread({ module: STUCK_MODULE, clock });
  const stuck = rejectsFor(thread.draw("stuck"), /^drawing it took more than 20 s$/);
  const next = thread.draw("next");
  await Promise.resolve();
  clock.advance(DEADLINE_MS);
  await stuck;
  assert.deepEqual(await next, new Uint8Array([1]));
});

Deno.test("after two drawings that never finish, no more pictures are drawn", async () => {
  const clock = new ManualClock();
  using thread = new DrawingThread({ module: STUCK_MODULE, clock });
  for (let lost = 0; lost < 2; lost++) {
    const stuck = rejectsFor(thread.draw("stuck"), /took more than/);
    await Promise.resolve();
    clock.advance(DEADLINE_MS);
    await stuck;
  }
  await rejectsFor(thread.draw("next"), /^2 earlier drawings never finished, so no more are drawn; restart AIPython$/);
});

const unreadable: Record<string, [read: false | URL[], reason: string]> = {
  "the drawing module may not be read": [
    false,
    "the drawing thread could not be used: Requires read access to .*svg_to_png.ts",
  ],
  "the drawing package may not be read": [
    [new URL("../../src/", import.meta.url)],
    "the SVG renderer could not be loaded: Requires read access to .*node_modules.*",
  ],
};

for (const [where, [read, reason]] of Object.entries(unreadable)) {
  Deno.test({ name: `withPng() logs the reason for not drawing if ${where}`, permissions: { read } }, async () => {
    const warnings: [string, unknown][] = [];
    const logger = { ...silentLogger, warn: (message: string, fields?: unknown) => warnings.push([message, fields]) };
    using thread = new DrawingThread();
    const data = { "image/svg+xml": plot(3) };
    assert.equal((await withPng({ data }, thread, logger)).data, data);
    const [[message, fields]] = warnings;
    assert.equal(message, "an SVG could not be drawn as PNG; it is shown as it is");
    assert.match(
      (fields as { reason: string }).reason,
      new RegExp(`^${reason}", run again with the --allow-read flag$`),
    );
  });
}
