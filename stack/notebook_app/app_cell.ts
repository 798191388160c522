/**
 * The parts of cells and outputs that the app's page draws.
 *
 * @module
 */

/** Content of one MIME type: in the event, or uploaded as an artifact. */
export type AppContent =
  | { type: "inline"; data: unknown; metadata?: Record<string, unknown> }
  | { type: "artifact"; artifactId: string; metadata?: Record<string, unknown> };

/** A row of the outputs. */
export interface AppOutput {
  id: string;
  outputType: "multimedia_display" | "multimedia_result" | "terminal" | "markdown" | "error";
  streamName: string | null;
  /** The text of a stream or of Markdown; an error as JSON. */
  data: string | null;
  /** The bundle of a display or a result, by MIME type. */
  representations: Readonly<Record<string, AppContent>> | null;
}

/** A piece of Markdown that was appended to an output. */
export interface AppDelta {
  outputId: string;
  delta: string;
  /** The delta's number among those of its output. */
  sequenceNumber: number;
}

export interface AppCell {
  id: string;
  source: string;
  /** The outputs, in the order of their positions. */
  outputs: readonly AppOutput[];
  /** The deltas of the outputs. Default: none. */
  deltas?: readonly AppDelta[];
}
