/**
 * A cell's figures as every viewer of notebook files shows them.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { DrawingThread } from "../media/drawing_thread.ts";
import { withPng } from "../media/svg_as_png.ts";
import type { FileCell } from "./notebook_file.ts";

/**
 * Puts a PNG beside each SVG among a cell's outputs.
 *
 * @param cell left as it is
 * @param thread draws them
 * @param logger told when an SVG cannot be drawn; it stands alone then
 */
export async function withPngs(cell: FileCell, thread: DrawingThread, logger: Logger): Promise<FileCell> {
  const outputs = cell.outputs.map((output) => "data" in output ? withPng(output, thread, logger) : output);
  return { ...cell, outputs: await Promise.all(outputs) };
}
