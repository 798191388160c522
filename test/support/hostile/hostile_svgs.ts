/**
 * SVGs that are short but slow to draw or to parse.
 *
 * @module
 */

const LARGE = 'width="1448" height="1448" viewBox="0 0 1448 1448"';
const PLOT = 'width="600" height="400" viewBox="0 0 600 400"';
const FULL = '<rect width="1448" height="1448"/>';

function svg(content: string, size = LARGE): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content}</svg>`;
}

function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}

/** Returns a rectangle over the whole picture with a filter of these primitives. */
function filtered(primitives: string, region = 'x="0" y="0" width="1" height="1"'): string {
  return svg(`<filter id="f" ${region}>${primitives}</filter><rect width="1448" height="1448" filter="url(#f)"/>`);
}

/**
 * Returns nested levels of an element, each of which refers to the level below.
 *
 * @param make writes an element from its id and the id below
 */
function nested(levels: number, make: (id: string, below: string) => string, ground: string): string {
  return ground + times(levels, (level) => make(`n${level + 1}`, `n${level}`));
}

const uses = (count: number, id: string) => `<use href="#${id}" x="1"/>`.repeat(count);
const points = (count: number) => times(count, (at) => `L${at % 600} ${at * 7 % 400}`);

/** The SVGs by description. They are created on demand, because some have megabytes. */
export const hostileSvgs: Record<string, () => string> = {
  "noise with a million octaves": () => filtered('<feTurbulence baseFrequency=".05" numOctaves="1000000"/>'),
  "noise as models often write it": () =>
    filtered('<feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="4"/>'),
  "paper lit from the side": () =>
    filtered(
      '<feTurbulence baseFrequency=".04" numOctaves="5" result="n"/><feDiffuseLighting in="n" surfaceScale="2"><feDistantLight azimuth="45"/></feDiffuseLighting>',
    ),
  "a dilation over 300 pixels": () => filtered('<feMorphology operator="dilate" radius="300"/>'),
  "200 erosions": () => filtered('<feMorphology operator="erode" radius="9"/>'.repeat(200)),
  "200 blurs": () => filtered('<feGaussianBlur stdDeviation="100"/>'.repeat(200)),
  "a convolution of 100 by 100": () =>
    filtered(`<feConvolveMatrix order="100" kernelMatrix="${"1 ".repeat(10_000)}"/>`),
  "80 filters of a hundred times their element": () =>
    svg(
      '<filter id="f" x="-9" y="-9" width="99" height="99"><feGaussianBlur stdDeviation="50"/></filter>' +
        '<rect x="700" y="700" width="100" height="100" filter="url(#f)"/>'.repeat(80),
    ),
  "filters in a style sheet": () =>
    svg(`<style>rect { filter: blur(400px) drop-shadow(9px 9px 300px red) }</style>${FULL.repeat(100)}`),
  "masks in masks": () =>
    svg(
      nested(
        12,
        (id, below) =>
          `<mask id="${id}">${
            '<rect width="1448" height="1448" mask="url(#BELOW)"/>'.repeat(4).replaceAll("BELOW", below)
          }</mask>`,
        `<mask id="n0">${FULL}</mask>`,
      ) + '<rect width="1448" height="1448" mask="url(#n12)"/>',
    ),
  "patterns in patterns": () =>
    svg(
      nested(
        5,
        (id, below) =>
          `<pattern id="${id}" width="1000" height="1000" patternUnits="userSpaceOnUse">${
            `<rect width="1000" height="1000" fill="url(#${below})"/>`.repeat(12)
          }</pattern>`,
        '<pattern id="n0" width="1000" height="1000" patternUnits="userSpaceOnUse"><rect width="10" height="10"/></pattern>',
      ) + '<rect width="1448" height="1448" fill="url(#n5)"/>',
    ),
  "a pattern with tiles smaller than a pixel": () =>
    svg(
      '<pattern id="p" width="1e-6" height="1e-6"><path d="M0 0h1"/></pattern><rect width="1448" height="1448" fill="url(#p)"/>',
    ),
  "clip paths in clip paths": () =>
    svg(
      nested(150, (id, below) =>
        `<clipPath id="${id}" clip-path="url(#${below})">${FULL}</clipPath>`, `<clipPath id="n0">${FULL}</clipPath>`) +
        '<rect width="1448" height="1448" clip-path="url(#n150)"/>'.repeat(50),
    ),
  "nested entities": () =>
    `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${
      times(8, (at) => `<!ENTITY ${"bcdefghi"[at]} "${`&${"abcdefgh"[at]};`.repeat(10)}">`)
    }]>${svg("<text>&i;</text>", PLOT)}`,
  "an element that uses itself": () => svg('<g id="a"><use href="#a"/></g>', PLOT),
  "two elements that use each other": () => svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', PLOT),
  "an element that is used a million times": () =>
    svg(
      nested(6, (id, below) => `<g id="${id}">${uses(10, below)}</g>`, '<g id="n0"><rect width="9" height="9"/></g>') +
        uses(1, "n6"),
      PLOT,
    ),
  "an element that is used 2^60 times": () =>
    svg(
      nested(60, (id, below) => `<g id="${id}">${uses(2, below)}</g>`, '<g id="n0"><rect width="9" height="9"/></g>') +
        uses(1, "n60"),
      PLOT,
    ),
  "markers on the points of markers": () =>
    svg(
      '<marker id="n"><path d="M0 0h1"/></marker><marker id="m"><path marker-mid="url(#n)" d="M0 0' + "h1".repeat(900) +
        '"/></marker><path marker-mid="url(#m)" d="M0 0' + "h1".repeat(900) + '"/>',
    ),
  "a huge box": () => svg('<rect width="1e9" height="1e9"/>', 'width="1e9" height="1e9" viewBox="0 0 1e9 1e9"'),
  "a box with invalid numbers": () => svg(FULL, 'width="1e999" height="-1" viewBox="0 NaN 1e-300 Infinity"'),
  "a text of 200,000 letters": () => svg(`<text y="99">${"letter ".repeat(28_572)}</text>`, PLOT),
  "a text of 20,000 parts": () => svg(`<text y="99">${"<tspan dx='1'>ab</tspan>".repeat(20_000)}</text>`, PLOT),
  "a path of 80,000 points": () => svg(`<path fill="none" stroke="red" d="M0 0${points(80_000)}"/>`, PLOT),
  "a polygon of 90,000 points": () =>
    svg(`<polygon points="${times(90_000, (at) => `${at % 600},${at % 400} `)}"/>`, PLOT),
  "a line of very small dashes": () => svg('<path stroke="red" stroke-dasharray="1e-6" d="M0 0L1e6 1e6"/>', PLOT),
  "20,000 elements": () => svg("<circle r='9'/>".repeat(20_000), PLOT),
  "groups nested 30,000 deep": () => svg(`${"<g>".repeat(30_000)}${FULL}${"</g>".repeat(30_000)}`, PLOT),
  "180 stacked transparent layers": () => svg(`${'<g opacity=".9">'.repeat(180)}${FULL}${"</g>".repeat(180)}`),
  "4,000 style rules for 4,000 elements": () =>
    svg(
      `<style>${times(4_000, (at) => `g:not(.a${at}) > rect~rect { fill: red }`)}</style><g>${
        "<rect/>".repeat(4_000)
      }</g>`,
      PLOT,
    ),
  "a style sheet that is slow to parse": () =>
    svg(`<style>${"a{".repeat(50_000)}${"/*".repeat(50_000)}${"url(".repeat(50_000)}</style>${FULL}`, PLOT),
  "a transform of 40,000 steps": () => svg(`<g transform="${"rotate(1) scale(2)".repeat(40_000)}">${FULL}</g>`, PLOT),
  "a chain of 5,000 gradients": () =>
    svg(
      nested(5_000, (id, below) => `<linearGradient id="${id}" href="#${below}"/>`, '<linearGradient id="n0"/>') +
        '<rect width="9" height="9" fill="url(#n5000)"/>',
      PLOT,
    ),
  "pictures nested in pictures": () => {
    const inside = (level: number): string =>
      level === 0
        ? svg(FULL)
        : svg(`<image href="data:image/svg+xml;base64,${btoa(inside(level - 1))}"/>`.repeat(2), PLOT);
    return inside(8);
  },
  "50,000 attributes of one element": () => svg(`<rect ${times(50_000, (at) => `a${at}="" `)}/>`, PLOT),
  "half an SVG": () => svg("<g ".repeat(50_000), PLOT).slice(0, -6),
};

/** A path of this many points, some two bytes each. */
export function pathOf(count: number): string {
  return svg(`<path d="M0 0${"h1".repeat(count)}"/>`, PLOT);
}
