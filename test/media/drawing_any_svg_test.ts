/**
 * Draws any SVG or refuses it without blocking timers.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { DrawingThread } from "../../src/media/drawing_thread.ts";
import { SvgError } from "../../src/media/svg_error.ts";
import { fuzzing } from "../fuzz/fuzzing.ts";
import { LARGE, picture, PLOT } from "./costly_pictures.ts";

const amount = fc.constantFrom("0", "-5", "1", "17", "300", "1e4", "1e9", "50%", "2em", "x");
const attribute = fc.tuple(
  fc.constantFrom(
    ...("x y width height r rx cx cy x1 y2 d points opacity stroke-width stroke-dasharray stroke transform fill id href " +
      "clip-path marker-mid marker-end viewBox markerWidth font-size style mask filter").split(" "),
  ),
  fc.oneof(
    amount,
    fc.constantFrom(
      "#a",
      "#b",
      "url(#a)",
      "url(#b)",
      "a",
      "b",
      "M0 0L9 9C1 2 3 4 5 6s9 9 1 1a5 5 0 0 1 9 9z",
      "0 0 9 9",
      "red",
    ),
    fc.constantFrom("scale(1e3)", "rotate(30)", "matrix(1 2 3 4 5 6)", "opacity:.5;stroke-width:9", "0 0 1e-9 1e-9"),
  ),
);
const attributes = fc.array(attribute, { maxLength: 5 }).map((all) =>
  [...new Map(all)].map(([name, value]) => ` ${name}="${value}"`).join("")
);
const tag = fc.constantFrom(
  ..."g svg use path rect circle ellipse line polyline text tspan symbol marker clipPath linearGradient stop style mask a switch"
    .split(" "),
);
const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("text", "rect{opacity:.5}", "g{stroke-dasharray:1;marker-mid:url(#a)}"),
    fc.tuple(tag, attributes, fc.array(tie("node"), { maxLength: 4 }), fc.constantFrom(1, 1, 1, 50)).map(
      ([name, given, inside, count]) => `<${name}${given}>${inside.join("")}</${name}>`.repeat(count),
    ),
  ),
})).node;

/** The maximum time of a drawing that may fall between two timer ticks on a busy machine, in milliseconds. */
const NOTICED_MS = 100;

Deno.test("DrawingThread draws or rejects any SVG while timers continue", async () => {
  using thread = new DrawingThread();
  let ticks = 0;
  let drawings = 0;
  const timer = setInterval(() => ticks++, 5);
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 6 }), fc.constantFrom(PLOT, LARGE, ""), async (content, size) => {
        const [began, before] = [performance.now(), ticks];
        try {
          await thread.draw(picture(content.join(""), size));
          drawings++;
        } catch (error) {
          if (!(error instanceof SvgError)) throw error;
          assert.match(error.message, /^the SVG cannot be drawn: /);
        }
        assert.ok(ticks > before || performance.now() - began < NOTICED_MS);
      }),
      fuzzing(60),
    );
  } finally {
    clearInterval(timer);
  }
  assert.ok(drawings > 0);
});
