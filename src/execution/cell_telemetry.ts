/**
 * What watches cells from outside: each cell, and each of its model requests, as an operation with a beginning and an end.
 *
 * @module
 */

import type { ModelErrorKind } from "../errors.ts";
import type { Model } from "./model.ts";

/** A cell that is watched. */
export interface ObservedCell {
  /** A cell of code, or an AI cell. */
  kind: "code" | "ai";
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** Who answers. */
  model: Model;
  /** Interrupts the cell. */
  signal: AbortSignal;
}

/** How a watched cell ended, if it was not thrown out of. */
export interface ObservedEnd {
  status: "success" | "error";
  /** How the model failed, if that ended the cell. */
  failure?: ModelErrorKind;
}

/** Watches cells. */
export interface CellTelemetry {
  /**
   * Runs a cell.
   *
   * @param run runs it with a model whose requests are watched too
   * @returns what `run` returns
   * @throws what `run` throws
   */
  observe<Result extends ObservedEnd>(cell: ObservedCell, run: (model: Model) => Promise<Result>): Promise<Result>;
}
