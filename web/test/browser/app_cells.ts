/**
 * Cells with every kind of output, and how the notebook app should render them.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import { plot } from "../../../test/media/pictures.ts";
import { display, error, result, stderr, stdout, text } from "../../../test/support/scripted_answer.ts";
import type { Step } from "../../../test/support/scripted_answer.ts";

/** Pictures in base64. Large ones become artifacts. */
export interface Pictures {
  smallPng: string;
  largePng: string;
  smallJpeg: string;
  largeJpeg: string;
}

/** The output of a cell, and what should be visible. */
export interface AppCase {
  /** Default: `code`. */
  cellType?: "ai";
  calls: Step[][];
  place: "page" | "frame";
  /** The number of pictures. Each must be loaded. */
  pictures?: number;
  /** The form of each picture's URL. Absent for an SVG that is part of the document. */
  source?: RegExp;
  /** The visible text. */
  text?: RegExp;
}

const KB = 1024;

const IN_EVENT = /^data:image\//;
const ARTIFACT = /^http:\/\/127\.0\.0\.1:\d+\/api\/artifacts\//;

/** Makes a plot of about this number of bytes. */
function plotOf(bytes: number): string {
  return plot(Math.ceil(bytes / (plot(1_000).length / 1_000))).replace("<svg ", '<svg width="640" height="480" ');
}

const table = "<table><tr><th>world</th><th>g</th></tr><tr><td>Mars</td><td>0.38</td></tr></table>";

/** The other outputs of a cell with a picture, and where the app renders the cell. */
const COMPANY: Record<string, { calls: Step[][]; place: "page" | "frame"; text?: RegExp }> = {
  "alone": { calls: [], place: "page" },
  "beside streams": { calls: [stdout("before\n"), stderr("a warning\n")], place: "page", text: /before\s+a warning/ },
  "beside HTML": { calls: [display({ "text/html": table })], place: "frame", text: /Mars/ },
  "beside markdown": { calls: [display({ "text/markdown": "Note *this*" })], place: "frame", text: /Note/ },
  "beside an error": { calls: [error("ValueError", "too raw")], place: "frame", text: /ValueError: too raw/ },
};

/** Returns the cells by name. */
export function appCases(pictures: Pictures): Record<string, AppCase> {
  return {
    ...answerCase,
    ...rasterCases(pictures),
    ...svgCases(pictures),
    ...displayCases(pictures),
    ...textCases,
  };
}

function rasterCases({ smallPng, largePng, smallJpeg, largeJpeg }: Pictures): Record<string, AppCase> {
  const shown = {
    "a small PNG": { "image/png": smallPng },
    "a large PNG": { "image/png": largePng },
    "a small JPEG": { "image/jpeg": smallJpeg },
    "a large JPEG": { "image/jpeg": largeJpeg },
  };
  const cases = Object.entries(shown).flatMap(([picture, data]) =>
    Object.entries(COMPANY).map(([company, { calls, ...rest }]): [string, AppCase] => {
      const source = picture.includes("small") ? IN_EVENT : ARTIFACT;
      const [first, last] = company === "beside an error" ? [[display(data)], calls] : [calls, [display(data)]];
      return [`${picture} ${company}`, { calls: [...first, ...last], pictures: 1, source, ...rest }];
    })
  );
  return {
    ...Object.fromEntries(cases),
    "a large PNG as a result": { calls: [result({ "image/png": largePng })], place: "page", pictures: 1 },
  };
}

function svgCases({ largePng }: Pictures): Record<string, AppCase> {
  const frame = { place: "frame", pictures: 1 } as const;
  const figure = (bytes: number) => ({ "image/svg+xml": plotOf(bytes), "text/plain": "<Figure>" });
  return {
    "a small figure": { calls: [display(figure(2 * KB))], ...frame },
    "a figure of 24 KB": { calls: [display(figure(24 * KB))], ...frame },
    "a figure of 300 KB": { calls: [display(figure(300 * KB))], source: ARTIFACT, ...frame },
    "a figure as a result": { calls: [result(figure(24 * KB))], ...frame },
    "a figure of 300 KB as a result": { calls: [result(figure(300 * KB))], source: ARTIFACT, ...frame },
    "a figure with its PNG": { calls: [display({ ...figure(24 * KB), "image/png": largePng })], ...frame },
    "a figure beside an error": { calls: [display(figure(24 * KB)), error("ValueError", "too raw")], ...frame },
    "a figure beside a large PNG": {
      calls: [display(figure(24 * KB)), display({ "image/png": largePng })],
      place: "frame",
      pictures: 2,
    },
  };
}

function displayCases({ smallPng, largePng }: Pictures): Record<string, AppCase> {
  const named = (display_id: string): Record<string, JsonValue> => ({ display_id });
  const update = (display_id: string): Record<string, JsonValue> => ({ display_id, update: true });
  return {
    "a display that becomes a large PNG": {
      calls: [
        display({ "text/plain": "drawing ..." }, named("d1")),
        display({ "image/png": largePng }, update("d1")),
      ],
      place: "page",
      pictures: 1,
    },
    "a display that becomes a figure": {
      calls: [
        display({ "image/png": smallPng }, named("d2")),
        display({ "image/svg+xml": plotOf(24 * KB) }, update("d2")),
      ],
      place: "frame",
      pictures: 1,
    },
  };
}

/** The first case, so that the question has no earlier cells as context. */
const answerCase: Record<string, AppCase> = {
  "an answer that has grown": {
    cellType: "ai",
    calls: [..."One by one, these words arrive.".match(/\S+ ?/g)!].map((word) => text(word)),
    place: "frame",
    text: /^One by one, these words arrive\.\s*$/,
  },
};

const textCases: Record<string, AppCase> = {
  "streams in colour": {
    calls: [stdout("\x1b[32mgreen\x1b[0m and "), stdout("plain\n"), stderr("\x1b[1;31mred\x1b[0m\n")],
    place: "page",
    text: /^green and plain\s+red\s*$/,
  },
  "an error": {
    calls: [stdout("so far\n"), error("ZeroDivisionError", "division by zero")],
    place: "frame",
    text: /so far\s+ZeroDivisionError: division by zero\s[^]*ZeroDivisionError/,
  },
  "a formula": { calls: [display({ "text/latex": "$\\frac{1}{2}$" })], place: "frame", text: /\\frac\{1\}\{2\}/ },
  "a formula as a result": {
    calls: [result({ "text/latex": "$\\frac{1}{2}$", "text/plain": "1/2" })],
    place: "page",
    text: /\\frac\{1\}\{2\}/,
  },
  "JSON": { calls: [display({ "application/json": { egg: ["raw", "boiled"] } })], place: "frame", text: /boiled/ },
  "a table": { calls: [result({ "text/html": table, "text/plain": "a table" })], place: "frame", text: /Mars\s+0\.38/ },
  "a value": { calls: [result("42")], place: "page", text: /^42\s*$/ },
};
