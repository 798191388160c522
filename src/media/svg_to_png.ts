/**
 * Draws an SVG as PNG, with the font that matplotlib draws with.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import type { ResvgRenderOptions } from "@resvg/resvg-wasm";
import { checkDrawingCost } from "./drawing_cost.ts";
import { MAX_PIXELS } from "./drawing_limits.ts";
import { encodePng } from "./encode_png.ts";
import { SvgError } from "./svg_error.ts";

/** How many pixels of the PNG go into one of the SVG's: as on the dense screens of today. */
export const PNG_SCALE = 2;

/** Where this module is. Importing it from here is what makes an installed command fetch the module that a thread loads. */
export const DRAWING_MODULE = import.meta.url;

/** What a picture stands on: matplotlib's own colour, legible on a page of any colour. */
const BACKGROUND = "white";

const FONT_FAMILY = "DejaVu Sans";

/**
 * The files that are read, in the versions that `deno.json` imports. They are looked up where the packages lie, in
 * `node_modules` or in Deno's cache, once importing a module of each has made sure that they lie anywhere.
 */
export const WASM = "npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm";
const FONTS = "npm:@fontsource/dejavu-sans@5.3.0/files/dejavu-sans-latin";

type ResvgPackage = typeof import("@resvg/resvg-wasm");

let loading: Promise<ResvgPackage> | undefined;
const fonts = new Map<string, Promise<Uint8Array>>();

/**
 * Draws an SVG at twice its size, which blocks this thread. The first call loads what is needed for it.
 *
 * @param svg its source, with its namespace; nothing that it refers to is fetched
 * @returns the PNG
 * @throws {SvgError} it cannot be drawn, or could take too long: drawing cannot be stopped once it has begun
 */
export async function svgToPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const needed = loadFor(svg);
  needed.catch(() => {});
  try {
    checkDrawingCost(svg, PNG_SCALE);
  } catch (cause) {
    throw new SvgError(`the SVG cannot be drawn: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  const [{ Resvg }, fontBuffers] = await needed;
  const font = { fontBuffers, defaultFontFamily: FONT_FAMILY, ...everyGenericFamily(FONT_FAMILY) };
  try {
    return render(Resvg, svg, { font, background: BACKGROUND });
  } catch (cause) {
    throw new SvgError(`the SVG cannot be drawn: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function render(Resvg: ResvgPackage["Resvg"], svg: string, options: ResvgRenderOptions): Uint8Array<ArrayBuffer> {
  const drawAt = (value: number) => new Resvg(svg, { ...options, fitTo: { mode: "zoom", value } });
  let drawing = drawAt(PNG_SCALE);
  try {
    const pixels = drawing.width * drawing.height * PNG_SCALE ** 2;
    if (pixels > MAX_PIXELS) {
      drawing.free();
      drawing = drawAt(PNG_SCALE * Math.sqrt(MAX_PIXELS / pixels));
    }
    const image = drawing.render();
    try {
      // Nothing shows through the background, so no colour is multiplied by alpha.
      return encodePng({ width: image.width, height: image.height, rgba: image.pixels });
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

/** Loads what draws an SVG, and the faces of its letters. */
async function loadFor(svg: string): Promise<[ResvgPackage, Uint8Array[]]> {
  try {
    return await Promise.all([loading ??= load(), Promise.all(facesOf(svg).map(readFont))]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new SvgError(`what draws SVGs could not be loaded: ${reason}`, { cause });
  }
}

async function load(): Promise<ResvgPackage> {
  try {
    const [resvg] = await Promise.all([
      import("@resvg/resvg-wasm"),
      import("@fontsource/dejavu-sans/metadata.json", { with: { type: "json" } }),
    ]);
    await resvg.initWasm(await readFile(new URL(import.meta.resolve(WASM))));
    return resvg;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** The faces that a text may need; unpacking one takes as long as drawing a plot. */
function facesOf(svg: string): string[] {
  const weights = /bold|["':\s][6-9]00\b/.test(svg) ? ["400", "700"] : ["400"];
  const styles = /italic|oblique/.test(svg) ? ["normal", "italic"] : ["normal"];
  return weights.flatMap((weight) => styles.map((style) => `${weight}-${style}`));
}

function readFont(face: string): Promise<Uint8Array> {
  const font = fonts.get(face) ?? readFile(new URL(import.meta.resolve(`${FONTS}-${face}.woff2`)));
  fonts.set(face, font);
  return font;
}

function everyGenericFamily(family: string) {
  return {
    serifFamily: family,
    sansSerifFamily: family,
    cursiveFamily: family,
    fantasyFamily: family,
    monospaceFamily: family,
  };
}
