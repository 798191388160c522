/**
 * Small pictures for tests.
 *
 * @module
 */

/** A PNG of one pixel, in base64. */
export const ONE_PIXEL_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** A minimal JPEG, only its first and last markers, in base64. */
export const BARE_JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9]).toBase64();

/** Returns a plot of 640 by 480 pixels with axes, ticks, labels and this number of points. */
export function plot(points: number): string {
  const dots = Array.from({ length: points }, (_, index) => {
    const [x, y] = [80 + 500 * index / points, 240 - 180 * Math.sin(index / 7)];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="#1f77b4"/>`;
  });
  const ticks = [0, 1, 2, 3, 4].map((tick) => `<text x="${80 + tick * 125}" y="440" font-size="13">${tick}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><rect width="640" height="480" fill="white"/>` +
    `<text x="320" y="40" font-size="16" text-anchor="middle">sin(x) &amp; its samples</text>` +
    `<path d="M80 420 H580 M80 420 V60" stroke="black"/>${ticks.join("")}${dots.join("")}</svg>`;
}

/** A picture that takes one or two seconds to draw, which is close to the limit. */
export const dearPicture = `<svg xmlns="http://www.w3.org/2000/svg" width="1448" height="1448">${
  Array.from({ length: 7_000 }, (_, at) => `<circle cx="${at % 1400}" cy="${at * 7 % 1400}" r="4"/>`).join("")
}</svg>`;
