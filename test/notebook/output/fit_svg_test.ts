/**
 * The sizes of SVGs on the app's page.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fitSvg } from "../../../src/notebook/output/fit_svg.ts";

const SHRINKING = 'style="max-width:100%;height:auto"';

const cases: [given: string, shown: string][] = [
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', `<svg xmlns="http://www.w3.org/2000/svg" ${SHRINKING}/>`],
  [
    '<svg viewBox="0 0 640 480"><g/></svg>',
    `<svg viewBox="0 0 640 480" width="640" height="480" ${SHRINKING}><g/></svg>`,
  ],
  ['<svg viewBox="-5,-5 , 64.5 4e1"/>', `<svg viewBox="-5,-5 , 64.5 4e1" width="64.5" height="4e1" ${SHRINKING}/>`],
  ['<svg width="640" height="480px"/>', `<svg width="640" height="480px" viewBox="0 0 640 480" ${SHRINKING}/>`],
  [
    '<svg width="9pt" height="9pt" viewBox="0 0 9 9"/>',
    `<svg width="9pt" height="9pt" viewBox="0 0 9 9" ${SHRINKING}/>`,
  ],
  ['<svg width="9pt" height="9pt"/>', `<svg width="9pt" height="9pt" ${SHRINKING}/>`],
  ['<svg width="100%" viewBox="0 0 9 9"/>', `<svg width="100%" viewBox="0 0 9 9" ${SHRINKING}/>`],
  ['<svg viewBox="0 0 0 480"/>', `<svg viewBox="0 0 0 480" ${SHRINKING}/>`],
  ['<svg viewBox="0 0 640"/>', `<svg viewBox="0 0 640" ${SHRINKING}/>`],
  ['<svg viewBox="none"/>', `<svg viewBox="none" ${SHRINKING}/>`],
  ['<svg width="0" height="0"/>', `<svg width="0" height="0" ${SHRINKING}/>`],
  ['<svg style="max-width:9em"/>', '<svg style="max-width:100%;height:auto;max-width:9em"/>'],
  [
    '<svg><g style="fill:red" viewBox="0 0 9 9"/></svg>',
    `<svg ${SHRINKING}><g style="fill:red" viewBox="0 0 9 9"/></svg>`,
  ],
];

for (const [given, shown] of cases) {
  Deno.test(`fitSvg() makes of ${given} one that fits, and leaves that alone`, () => {
    assert.equal(fitSvg(given), shown);
    assert.equal(fitSvg(shown), shown);
  });
}

Deno.test("fitSvg() leaves what is no SVG as it is", () => assert.equal(fitSvg("plot"), "plot"));
