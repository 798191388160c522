/**
 * Adds a PNG to figures, for front ends and converters that cannot show SVG.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import type { DrawingThread } from "../../media/drawing_thread.ts";
import { withPng } from "../../media/svg_as_png.ts";
import type { Illustrate, RichOutput } from "./cell_publisher.ts";

/** The longest time to draw a figure, in milliseconds. Later outputs wait for it. */
const DRAWING_MS = 2_000;

/** The largest PNG that is added, in characters of base64, because notebooks store it. A plot has about a fifth of that. */
const MAX_PNG = 512 * 1024;

const SVG = "image/svg+xml";
const PNG = "image/png";

/**
 * Makes a function that adds a PNG to outputs with an SVG. Leaves it out if it is too large or takes too long to draw.
 *
 * @param logger receives the reason why a figure has no PNG
 */
export function withSmallPng(thread: DrawingThread, logger: Logger, clock: Clock = systemClock): Illustrate {
  const quiet: Logger = { ...logger, warn: (message, fields) => logger.debug(message, fields) };
  return (output) => SVG in output.data && !(PNG in output.data) ? illustrate(output) : output;

  async function illustrate<Output extends RichOutput>(output: Output): Promise<Output> {
    const late = Promise.withResolvers<Output>();
    const cancel = clock.setTimer(() => late.resolve(output), DRAWING_MS);
    const drawn = await Promise.race([withPng(output, thread, quiet), late.promise]);
    cancel();
    const png = drawn.data[PNG];
    if (typeof png === "string" && png.length <= MAX_PNG) return drawn;
    logger.debug("a figure is shown only as SVG", { characters: typeof png === "string" ? png.length : undefined });
    return output;
  }
}
