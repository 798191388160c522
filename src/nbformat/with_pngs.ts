/**
 * Adds figures as PNG to a cell's outputs, because not every viewer of notebook files shows SVG.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { DrawingThread } from "../media/drawing_thread.ts";
import { withPng } from "../media/svg_as_png.ts";
import type { FileCell } from "./notebook_file.ts";

/**
 * Adds a PNG to each output of a cell that has an SVG.
 *
 * @param cell the cell, which is not changed
 * @param logger logs an SVG that cannot be drawn, which then gets no PNG
 */
export async function withPngs(cell: FileCell, thread: DrawingThread, logger: Logger): Promise<FileCell> {
  const outputs = cell.outputs.map((output) => "data" in output ? withPng(output, thread, logger) : output);
  return { ...cell, outputs: await Promise.all(outputs) };
}
