/**
 * SVGs that are short but slow to draw are rejected before drawing, and usual figures are drawn.
 *
 * @module
 */

import assert from "node:assert/strict";
import { checkDrawingCost } from "../../src/media/drawing_cost.ts";
import { SvgError } from "../../src/media/svg_error.ts";
import { svgToPng } from "../../src/media/svg_to_png.ts";
import { plot } from "./pictures.ts";
import { LARGE, picture, PLOT } from "./costly_pictures.ts";

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join("");
const filtered = (primitives: string) =>
  picture(`<filter id="f">${primitives}</filter><rect ${LARGE} filter="url(#f)"/>`, LARGE);
const zigzag = (points: number) => `M0 0${times(points, (at) => `L${at * 7919 % 1448} ${at * 104_729 % 1448}`)}`;

/** A PNG of one pixel, in base64. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Returns groups, each of which uses the previous group ten times. */
const tenfold = (levels: number) =>
  `<g id="g0"><rect width="9" height="9"/></g>` +
  times(levels, (at) => `<g id="g${at + 1}">${times(10, () => `<use href="#g${at}"/>`)}</g>`);

const FULL = `<rect ${LARGE}/>`;

const refused: Record<string, [svg: string, reason: RegExp]> = {
  "noise with a million octaves": [filtered('<feTurbulence baseFrequency=".05" numOctaves="1000000"/>'), /<filter>/],
  "a wide morphology": [filtered('<feMorphology operator="dilate" radius="300"/>'), /<filter>/],
  "200 blurs": [filtered('<feGaussianBlur stdDeviation="100"/>'.repeat(200)), /<filter>/],
  "noise as models often write it": [filtered('<feTurbulence type="fractalNoise" numOctaves="4"/>'), /<filter>/],
  "light on paper": [filtered("<feDiffuseLighting><feDistantLight/></feDiffuseLighting>"), /<filter>/],
  "a filter in CSS": [picture('<rect width="9" height="9" style="filter: blur(90px)"/>'), /a filter/],
  "a filter in CSS after a comment": [picture('<rect style="filter/**/: blur(90px)"/>'), /a filter/],
  "a filter in a style sheet": [picture("<style>rect { filter: blur(90px) }</style>"), /a filter/],
  "a mask of full size": [picture(`<mask id="m">${FULL}</mask><g mask="url(#m)">${FULL}</g>`), /<mask>/],
  "a pattern of full size": [picture(`<pattern id="p">${FULL}</pattern><rect fill="url(#p)"/>`), /<pattern>/],
  "entities": [`<!DOCTYPE svg [<!ENTITY a "aaaa">]>${picture("<text>&a;</text>")}`, /document type/],
  "an element that uses itself": [picture('<g id="a"><use href="#a"/></g>'), /refers to itself/],
  "a clip path that refers to itself": [
    picture('<clipPath id="a" clip-path="url(#a)"><path/></clipPath><path clip-path="url(#a)"/>'),
    /refers to itself/,
  ],
  "a million elements by <use>": [picture(tenfold(6)), /more than 20000 elements/],
  "30,000 elements": [picture(times(30_000, () => "<path/>")), /more than 20000 elements/],
  "200,000 letters": [picture(`<text>${"letters ".repeat(25_000)}</text>`), /more than 20000 letters/],
  "30,000 letters by <use>": [
    picture(`<text id="t">${"t".repeat(100)}</text>${times(300, () => '<use href="#t"/>')}`),
    /letters|too long/,
  ],
  "letters as large as the picture": [
    picture(`<text font-size="999">${"t".repeat(900)}</text>`, LARGE),
    /too long|a layer of/,
  ],
  "letters whose relative sizes multiply": [
    picture(`<g font-size="9em"><g font-size="900%"><text>${"t".repeat(900)}</text></g></g>`, LARGE),
    /too long|a layer of/,
  ],
  "a path of a million points": [picture(`<path d="M0 0${"h1".repeat(1_000_000)}"/>`), /more than 100000 points/],
  "a long zigzag": [picture(`<path d="${zigzag(20_000)}"/>`, LARGE), /too long|a layer of/],
  "tiny dashes": [
    picture(times(90, () => '<path d="M0 0H1448" stroke="red" stroke-dasharray=".01"/>'), LARGE),
    /too long|a layer of/,
  ],
  "tiny dashes in a style sheet": [
    picture(`<style>path { stroke-dasharray: .001 }</style>${times(9, () => '<path d="M0 0H1448"/>')}`, LARGE),
    /too long|a layer of/,
  ],
  "20 layers with opacity": [picture(times(20, () => `<g opacity=".5"><rect ${PLOT}/></g>`)), /too long|a layer of/],
  "20 layers with opacity in a style sheet": [
    picture(`<style>g{opacity:.5}</style>${times(20, () => `<g>${FULL}</g>`)}`, LARGE),
    /too long|a layer of/,
  ],
  "layers that wide lines make large": [
    picture(times(90, () => '<path opacity=".5" d="M0 0h1" stroke-width="9999"/>'), LARGE),
    /too long|a layer of/,
  ],
  "layers that a transformation makes large": [
    picture(times(90, () => '<rect opacity=".5" width="1" height="1" transform="rotate(9) scale(9e3)"/>'), LARGE),
    /too long|a layer of/,
  ],
  "20 clip paths of full size": [
    picture(`<clipPath id="c">${FULL}</clipPath>${times(20, () => `<rect ${LARGE} clip-path="url(#c)"/>`)}`, LARGE),
    /too long|a layer of/,
  ],
  "20 nested <svg> of full size": [
    picture(times(20, () => `<svg ${LARGE}>${FULL}</svg>`), LARGE),
    /too long|a layer of/,
  ],
  "20 symbols of full size": [
    picture(
      `<symbol id="s" viewBox="0 0 1 1"><rect width="1" height="1"/></symbol>${times(20, () => '<use href="#s"/>')}`,
      LARGE,
    ),
    /too long|a layer of/,
  ],
  "a gradient with 1,000 stops": [
    picture(
      `<linearGradient id="g">${times(1_000, (at) => `<stop offset="${at / 1_000}"/>`)}</linearGradient>` +
        `<rect ${PLOT} fill="url(#g)"/>`,
    ),
    /too long/,
  ],
  "markers on every point": [
    picture(`<marker id="m">${FULL}</marker><g marker-mid="url(#m)"><path d="${zigzag(2_000)}"/></g>`),
    /too long|elements|a layer of/,
  ],
  "markers in markers": [
    picture(
      '<marker id="n"><path d="M0 0h1" /></marker>' +
        `<marker id="m"><g>${times(200, () => "<path/>")}</g></marker><path marker="url(#m)" d="M0 0${
          "h1".repeat(200)
        }"/>`,
    ),
    /elements/,
  ],
  "a text with thousands of parts": [picture(`<text>${"<tspan>ab</tspan>".repeat(2_000)}</text>`), /too long/],
  "a layer beyond the picture": [
    picture('<g opacity=".5"><rect x="-9999" y="-9999" width="99999" height="99999"/></g>'),
    /a layer of more than/,
  ],
  "9 images of full size": [
    picture(`<image ${PLOT} href="data:image/png;base64,${DOT}"/>`.repeat(9)),
    /too long/,
  ],
  "an embedded image that is not a PNG": [
    picture('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
    /not a PNG/,
  ],
};

for (const [what, [svg, reason]] of Object.entries(refused)) {
  Deno.test(`checkDrawingCost() rejects ${what}`, () => {
    assert.throws(
      () => checkDrawingCost(svg, 2),
      (error) => error instanceof SvgError && reason.test(error.message),
    );
  });
}

const drawn: Record<string, string> = {
  "a plot with 30 points": plot(30),
  "a plot with 2,000 points": picture(
    `<path fill="none" stroke="red" d="M0 0${times(2_000, (at) => `L${at / 4} ${200 + at % 17}`)}"/>`,
  ),
  "a scatter plot with 500 transparent points": picture(
    times(500, (at) => `<circle cx="${at}" cy="${at % 400}" r="4" opacity=".6"/>`),
  ),
  "30 transparent bars": picture(
    times(30, (at) => `<rect x="${20 * at}" y="99" width="18" height="300" style="opacity: 0.7"/>`),
  ),
  "500 clipped points in matplotlib's form": picture(
    `<style>*{stroke-linejoin: round}</style><clipPath id="c"><rect width="500" height="400"/></clipPath><path id="p" d="M0 3C.8 3 3 2 3 0S2-3 0-3z"/>` +
      times(500, (at) => `<g clip-path="url(#c)"><use href="#p" x="${at}" y="${at % 300}"/></g>`),
  ),
  "arrows": picture(
    '<marker id="a" viewBox="0 0 10 10" markerWidth="6" markerHeight="6" refX="5" orient="auto"><path d="M0 0L10 5L0 10z"/></marker>' +
      times(
        30,
        (at) => `<line x1="9" y1="${at * 9}" x2="300" y2="40" stroke="red" stroke-width="2" marker-end="url(#a)"/>`,
      ),
  ),
  "a style sheet with a clip path and a marker": picture(
    "<style>.p { clip-path: url(#c) } line { marker-end: url(#a); stroke: red }</style>" +
      '<clipPath id="c"><rect width="9" height="9"/></clipPath>' +
      '<marker id="a" viewBox="0 0 9 9"><path d="M0 0L9 9"/></marker><rect class="p" width="9" height="9"/><line x2="9"/>',
  ),
  "a grid of dashes": picture(
    times(20, (at) => `<line y1="${20 * at}" y2="${20 * at}" x2="640" stroke="red" stroke-dasharray="4 2"/>`),
  ),
  "gradients": picture(
    `<linearGradient id="g"><stop offset="0"/><stop offset="1"/></linearGradient><rect ${PLOT} fill="url(#g)"/>` +
      times(40, (at) => `<rect x="${9 * at}" width="9" height="200" fill="url(#g)"/>`),
  ),
  "transparent labels": picture(
    times(10, (at) => `<text x="${50 * at}" y="99" font-size="12" opacity=".6">label ${at}</text>`),
  ),
  "transparent bars in a style sheet on a white background": picture(
    '<style>.bar { opacity: 0.7 }</style><rect width="100%" height="100%" fill="white"/>' +
      times(10, (at) => `<rect class="bar" x="${20 * at}" y="99" width="18" height="300"/>`),
  ),
  "an embedded PNG": picture(`<image width="200" height="200" href="data:image/png;base64,${DOT}"/>`),
  "labels": picture(times(80, (at) => `<text font-size="0.8em" x="${at}" y="9">label ${at}</text>`)),
  "a huge picture, which is made smaller": picture('<rect width="1e9" height="1e9"/>', 'width="1e9" height="1e9"'),
};

for (const [what, svg] of Object.entries(drawn)) {
  Deno.test(`svgToPng() draws ${what}`, async () => {
    checkDrawingCost(svg, 2);
    assert.ok((await svgToPng(svg)).length > 0);
  });
}
