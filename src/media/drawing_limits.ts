/**
 * The limits for drawing an SVG.
 *
 * Drawing cannot be interrupted, so all limits are checked in advance. The weights were measured with resvg 2.6.2 in WebAssembly.
 * The unit of work is filling a pixel with a plain color, which takes about 2 nanoseconds.
 *
 * @module
 */

/** The most work for one image, in filled pixels. It takes some hundred milliseconds, because most estimates are too high. */
export const MAX_WORK = 500_000_000;

/** The largest number of elements. Elements that `use` and markers repeat are counted each time. A scatter plot has thousands. */
export const MAX_ELEMENTS = 20_000;

/** The largest number of letters. A page of a book has 2,000. */
export const MAX_LETTERS = 20_000;

/** The largest number of points in paths and polygons, with repetitions: ten curves of 10,000 values. */
export const MAX_POINTS = 100_000;

/** The largest number of pixels that are drawn: 2,896 squared, which take 32 MB. A larger image is scaled down. */
export const MAX_PIXELS = 2 ** 23;

/** The largest product of style rules and elements, because every rule is matched against every element. */
export const MAX_STYLE_MATCHES = 10_000_000;

/** The deepest nesting, including references. */
export const MAX_DRAWN_DEPTH = 200;

/** The cost of one item of each kind, in filled pixels. */
export const WORK = {
  /** An element: 20 microseconds. */
  element: 10_000,
  /** A text element, for which a font is looked up: 400 microseconds. */
  text: 200_000,
  /** A letter, which is shaped and has an outline: 50 microseconds. */
  letter: 25_000,
  /** A part of a text, multiplied by the text's letters, because resvg compares them: half a microsecond. */
  textPartLetter: 300,
  /** An intermediate layer: 40 microseconds. */
  layer: 20_000,
  /** A pixel of an embedded image, with its colors blended: 600 nanoseconds. */
  imagePixel: 300,
  /** A pixel of an intermediate layer, which is cleared and then blended with what is below: 120 nanoseconds. */
  layerPixel: 60,
  /** A pixel painted with a gradient: 24 nanoseconds. */
  gradientPixel: 12,
  /** A pixel painted with a gradient, per stop: half a nanosecond. */
  gradientStop: 0.25,
  /** A row of pixels that a line from a point may cross. */
  pointRow: 80,
  /** A dash of a line: 5 microseconds. */
  dash: 2_500,
} as const;
