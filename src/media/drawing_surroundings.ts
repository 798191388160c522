/**
 * What the elements around one make of it: where it lies, how large its letters are, which markers it has.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import type { Box } from "./svg_box.ts";
import { compose, type Matrix, readTransform, UNKNOWN } from "./svg_matrix.ts";
import type { StyleBounds } from "./svg_styles.ts";
import { FONT_SIZE, fontSizeOf } from "./svg_text.ts";
import { idsIn, nameOf, propertyOf } from "./svg_tree.ts";
import { viewMatrix } from "./svg_view.ts";

/** What the elements around one make of it. */
export interface Surroundings {
  matrix: Matrix;
  depth: number;
  fontSize: number;
  /** In a clip path: what it clips; no more than that is painted of it, and its layers are as large. */
  clipped?: Box;
  /** What percentages are of, at most: the longer side of what is seen; `undefined` in another view than the picture's. */
  percentOf?: number;
  /** The clip paths and markers that it is in. */
  within: readonly string[];
  /** The markers on its shapes: id, and whether they are on each point. */
  markers: readonly (readonly [id: string, everywhere: boolean])[];
}

/**
 * What is around the root of an SVG.
 *
 * @param matrix scales the picture
 * @param percentOf the longer side of what is seen
 */
export function surroundingsOfRoot(matrix: Matrix, percentOf: number): Surroundings {
  return { matrix, depth: 0, fontSize: FONT_SIZE, percentOf, markers: [], within: [] };
}

/** What is around the content of an element. */
export function surroundingsIn(node: XmlElement, around: Surroundings, styles: StyleBounds): Surroundings {
  const transform = propertyOf(node, "transform");
  const moved = styles.sheetTransforms || propertyOf(node, "transform-origin") !== undefined;
  const own = moved ? UNKNOWN : readTransform(transform);
  const viewed = around.depth === 0 ? own : compose(own, viewMatrix(node));
  return {
    ...around,
    depth: around.depth + 1,
    matrix: compose(around.matrix, viewed),
    fontSize: fontSizeOf(node, around.fontSize, styles.sheetFonts),
    percentOf: around.depth > 0 && /^(?:svg|symbol)$/.test(nameOf(node)) ? undefined : around.percentOf,
    markers: [...markersOf(node), ...around.markers].slice(0, 3),
  };
}

function markersOf(node: XmlElement): [id: string, everywhere: boolean][] {
  return ["marker", "marker-start", "marker-mid", "marker-end"].flatMap((property) =>
    idsIn(propertyOf(node, property) ?? "").map((id): [string, boolean] => [id, !/start|end/.test(property)])
  );
}
