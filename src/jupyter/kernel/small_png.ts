/**
 * Puts a PNG beside a figure, for front ends and converters that show no SVG.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import type { DrawingThread } from "../../media/drawing_thread.ts";
import { withPng } from "../../media/svg_as_png.ts";
import type { Illustrate, RichOutput } from "./cell_publisher.ts";

/** How long a figure is waited for, in milliseconds; the outputs behind it wait too. */
const DRAWING_MS = 2_000;

/** The largest PNG that goes along, in characters of base64: notebooks keep it. A plot has a fifth of that. */
const MAX_PNG = 512 * 1024;

const SVG = "image/svg+xml";
const PNG = "image/png";

/**
 * Makes a function that adds a PNG to outputs that hold an SVG. One that is large or takes long to draw is left out.
 *
 * @param thread draws
 * @param logger told why a figure has no PNG
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
    logger.debug("a figure is shown as SVG alone", { characters: typeof png === "string" ? png.length : undefined });
    return output;
  }
}
