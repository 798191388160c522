/**
 * Converts an SVG to PNG, with matplotlib's default font.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import type { ResvgRenderOptions } from "@resvg/resvg-wasm";
import { checkDrawingCost } from "./drawing_cost.ts";
import { MAX_PIXELS } from "./drawing_limits.ts";
import { encodePng } from "./encode_png.ts";
import { SvgError } from "./svg_error.ts";

/** The number of PNG pixels per SVG pixel, as for high-density screens. */
export const PNG_SCALE = 2;

/** The URL of this module. It is exported from here so that an installed command also fetches this module, which the thread imports. */
export const DRAWING_MODULE = import.meta.url;

/** The background of the image: matplotlib's default, which is legible on any page color. */
const BACKGROUND = "white";

const FONT_FAMILY = "DejaVu Sans";

/**
 * The files that are read, in the versions that `deno.json` imports. They are found where the packages are installed, in
 * `node_modules` or in Deno's cache. Importing a module of each package makes sure that it is installed.
 */
export const WASM = "npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm";
const FONTS = "npm:@fontsource/dejavu-sans@5.3.0/files/dejavu-sans-latin";

type ResvgPackage = typeof import("@resvg/resvg-wasm");

let loading: Promise<ResvgPackage> | undefined;
const fonts = new Map<string, Promise<Uint8Array>>();

/**
 * Converts an SVG to PNG at twice its size. This blocks the current thread. The first call loads WebAssembly and fonts.
 *
 * @param svg the SVG's source, with its namespace; external references are not fetched
 * @throws {SvgError} the SVG cannot be drawn, or might take too long; drawing cannot be interrupted
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
      // The background is opaque, so no color is multiplied by alpha.
      return encodePng({ width: image.width, height: image.height, rgba: image.pixels });
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

/** Loads the renderer and the fonts that an SVG needs. */
async function loadFor(svg: string): Promise<[ResvgPackage, Uint8Array[]]> {
  try {
    return await Promise.all([loading ??= load(), Promise.all(facesOf(svg).map(readFont))]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new SvgError(`the SVG renderer could not be loaded: ${reason}`, { cause });
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

/** Returns the font faces that a text may need. Unpacking a face takes as long as drawing a plot, so only likely ones are loaded. */
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
