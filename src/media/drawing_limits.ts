/**
 * What drawing an SVG may cost at most.
 *
 * A thread that draws cannot be stopped, so all of this is checked before drawing.
 * The weights were measured with resvg 2.6.2 in WebAssembly. The unit of work is filling a pixel with a plain
 * colour, about 2 nanoseconds.
 *
 * @module
 */

/** The most work for one picture, in pixels filled: some hundred milliseconds, since most is estimated high. */
export const MAX_WORK = 500_000_000;

/** The most elements, when those that `use` and markers repeat are counted each time: a scatter plot has thousands. */
export const MAX_ELEMENTS = 20_000;

/** The most letters; a page of a book has 2,000. */
export const MAX_LETTERS = 20_000;

/** The most points of paths and polygons, repetitions counted: ten curves of 10,000 values. */
export const MAX_POINTS = 100_000;

/** The most pixels that are drawn, 2,896 squared; they take 32 MB while they are. A larger picture is drawn smaller. */
export const MAX_PIXELS = 2 ** 23;

/** The most rules of style sheets times elements: each is compared with each. */
export const MAX_STYLE_MATCHES = 10_000_000;

/** The deepest nesting, references counted. */
export const MAX_DRAWN_DEPTH = 200;

/** What one thing costs, in pixels filled. */
export const WORK = {
  /** An element: 20 microseconds. */
  element: 10_000,
  /** An element of text, whose font is looked up: 400 microseconds. */
  text: 200_000,
  /** A letter, which is shaped and has an outline: 50 microseconds. */
  letter: 25_000,
  /** A part of a text times its letters, which resvg compares: half a microsecond. */
  textPartLetter: 300,
  /** An intermediate layer: 40 microseconds. */
  layer: 20_000,
  /** A pixel of a picture that is drawn into the drawing, with its colours blended: 600 nanoseconds. */
  imagePixel: 300,
  /** A pixel of an intermediate layer, which is cleared, and laid over what is below: 120 nanoseconds. */
  layerPixel: 60,
  /** A pixel painted with a gradient: 24 nanoseconds. */
  gradientPixel: 12,
  /** A pixel painted with a gradient, for each of its stops: half a nanosecond. */
  gradientStop: 0.25,
  /** A row of pixels that a point's line may cross. */
  pointRow: 80,
  /** A dash of a line: 5 microseconds. */
  dash: 2_500,
} as const;
