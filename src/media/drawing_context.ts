/**
 * The properties that an element inherits while an SVG is drawn: its transformation, font size and markers.
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

export interface DrawingContext {
  matrix: Matrix;
  depth: number;
  fontSize: number;
  /** In a clip path, the box of the clipped content. Nothing outside of it is painted, and layers are no larger. */
  clipped?: Box;
  /** The largest length that percentages refer to: the longer side of the view box. `undefined` inside a nested view. */
  percentOf?: number;
  /** The ids of the enclosing clip paths and markers. */
  within: readonly string[];
  /** The markers of its shapes: the id, and whether the marker is drawn at every point. */
  markers: readonly (readonly [id: string, everywhere: boolean])[];
}

/**
 * Returns the context of an SVG's root.
 *
 * @param matrix scales the image
 * @param percentOf the longer side of the view box
 */
export function rootContext(matrix: Matrix, percentOf: number): DrawingContext {
  return { matrix, depth: 0, fontSize: FONT_SIZE, percentOf, markers: [], within: [] };
}

/** Returns the context of an element's content. `around` is the context of the element itself. */
export function contentContext(node: XmlElement, around: DrawingContext, styles: StyleBounds): DrawingContext {
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
