/**
 * Parses terminal text into lines of coloured pieces.
 *
 * @module
 */

import Anser from "anser";
import { escapeCarriageReturn } from "escape-carriage";
import { ControlFilter } from "../../../src/terminal/control_filter.ts";

/** A piece of text in one style. */
export interface AnsiPiece {
  text: string;
  /** CSS classes for the basic colours and for bold, underline and so on. */
  className: string;
  /** Any other colour, as CSS. */
  color?: string;
  background?: string;
}

/** Parses text with ANSI colours. Other control sequences are removed. A carriage return overwrites its line. */
export function ansiLines(text: string): AnsiPiece[][] {
  const safe = escapeCarriageReturn(new ControlFilter(true).filter(text));
  const lines: AnsiPiece[][] = [[]];
  for (const chunk of Anser.ansiToJson(safe, { use_classes: true, remove_empty: true })) {
    const style = styleOf(chunk);
    for (const [index, line] of chunk.content.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (line !== "") lines.at(-1)!.push({ text: line, ...style });
    }
  }
  // A newline ends a line and does not start another one.
  if (lines.length > 1 && lines.at(-1)!.length === 0) lines.pop();
  return lines;
}

export function plainText(lines: readonly AnsiPiece[][]): string {
  return lines.map((pieces) => pieces.map(({ text }) => text).join("")).join("\n");
}

function styleOf({ fg, bg, fg_truecolor, bg_truecolor, decorations }: Anser.AnserJsonEntry): Omit<AnsiPiece, "text"> {
  const classes: string[] = decorations.map((name) => `ansi-${name}`);
  const color = rgbOf(fg, fg_truecolor);
  const background = rgbOf(bg, bg_truecolor);
  if (fg && color === undefined) classes.push(`${fg}-fg`);
  if (bg && background === undefined) classes.push(`${bg}-bg`);
  return {
    className: classes.join(" "),
    ...color === undefined ? {} : { color: background === undefined ? readable(color) : `rgb(${color})` },
    ...background === undefined ? {} : { background: `rgb(${background})` },
  };
}

/** Looks up one of xterm's 256 colours, or parses a triple. The 16 basic colours have classes instead. */
function rgbOf(name: string | null, triple: string | null): [red: number, green: number, blue: number] | undefined {
  if (triple) return triple.split(",").map(Number) as [number, number, number];
  const index = Number(/^ansi-palette-(\d+)$/.exec(name ?? "")?.[1] ?? NaN);
  if (Number.isNaN(index)) return undefined;
  if (index >= 232) return [0, 0, 0].map(() => 8 + (index - 232) * 10) as [number, number, number];
  const level = (step: number) => step === 0 ? 0 : 55 + step * 40;
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

/** Adapts a colour to both themes: darker in the light one, lighter in the dark one. */
function readable([red, green, blue]: [number, number, number]): string {
  const color = `rgb(${red}, ${green}, ${blue})`;
  const luma = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  const dark = `color-mix(in oklab, ${color}, black 55%)`;
  const light = `color-mix(in oklab, ${color}, white 55%)`;
  return `light-dark(${luma > 0.45 ? dark : color}, ${luma < 0.6 ? light : color})`;
}
