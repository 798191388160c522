/**
 * Tests of the sizes of SVGs on the app's page.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fitSvg } from "../../../src/notebook/output/fit_svg.ts";

const SHRINKING = 'style="max-width:100%;height:auto"';

const cases: [given: string, shown: string][] = [
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', `<svg xmlns="http://www.w3.org/2000/svg" ${SHRINKING}/>`],
  [
    '<svg viewBox="0 0 960 480"><g/></svg>',
    `<svg viewBox="0 0 960 480" width="960" height="480" ${SHRINKING}><g/></svg>`,
  ],
  ['<svg viewBox="-5,-5 , 964.5 4e1"/>', `<svg viewBox="-5,-5 , 964.5 4e1" width="964.5" height="4e1" ${SHRINKING}/>`],
  ['<svg width="960" height="480px"/>', `<svg width="960" height="480px" viewBox="0 0 960 480" ${SHRINKING}/>`],
  [
    '<svg width="720pt" height="9pt" viewBox="0 0 720 9"/>',
    `<svg width="720pt" height="9pt" viewBox="0 0 720 9" ${SHRINKING}/>`,
  ],
  ['<svg width="10in" height="9in"/>', `<svg width="10in" height="9in" ${SHRINKING}/>`],
  ['<svg width="9em" height="9em"/>', `<svg width="9em" height="9em" ${SHRINKING}/>`],
  ['<svg width="100%" viewBox="0 0 9 9"/>', `<svg width="100%" viewBox="0 0 9 9" ${SHRINKING}/>`],
  ['<svg viewBox="0 0 0 480"/>', `<svg viewBox="0 0 0 480" ${SHRINKING}/>`],
  ['<svg viewBox="0 0 640"/>', `<svg viewBox="0 0 640" ${SHRINKING}/>`],
  ['<svg viewBox="none"/>', `<svg viewBox="none" ${SHRINKING}/>`],
  ['<svg style="max-width:9em"/>', '<svg style="max-width:100%;height:auto;max-width:9em"/>'],
  [
    '<svg><g style="fill:red" viewBox="0 0 9 9"/></svg>',
    `<svg ${SHRINKING}><g style="fill:red" viewBox="0 0 9 9"/></svg>`,
  ],
];

for (const [given, shown] of cases) {
  Deno.test(`fitSvg() makes ${given} fit the page, and does not change the result again`, () => {
    assert.equal(fitSvg(given), shown);
    assert.equal(fitSvg(shown), shown);
  });
}

for (const size of ["640", "640px", "480pt", "6.4in", "0", "1"]) {
  Deno.test(`fitSvg() does not change an SVG with the width ${size}`, () => {
    const svg = `<svg width="${size}" height="9"/>`;
    assert.equal(fitSvg(svg), svg);
  });
}

Deno.test("fitSvg() does not change a text that is not an SVG", () => assert.equal(fitSvg("plot"), "plot"));
