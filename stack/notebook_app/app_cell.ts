/**
 * A notebook as the app's page holds it: what it draws of cells and their outputs.
 *
 * @module
 */

/** Content of one MIME type: in the event, or kept beside it. */
export type AppContent =
  | { type: "inline"; data: unknown; metadata?: Record<string, unknown> }
  | { type: "artifact"; artifactId: string; metadata?: Record<string, unknown> };

/** A row of the outputs. */
export interface AppOutput {
  id: string;
  outputType: "multimedia_display" | "multimedia_result" | "terminal" | "markdown" | "error";
  streamName: string | null;
  /** The text of a stream or of markdown; an error as JSON. */
  data: string | null;
  /** The bundle of a display or a result, by MIME type. */
  representations: Readonly<Record<string, AppContent>> | null;
}

/** A piece of Markdown that was appended to an output. */
export interface AppDelta {
  /** The output. */
  outputId: string;
  delta: string;
  /** Its place among the deltas of its output. */
  sequenceNumber: number;
}

/** A cell. */
export interface AppCell {
  id: string;
  source: string;
  /** In the order of their positions. */
  outputs: readonly AppOutput[];
  /** Those of its outputs. Default: none. */
  deltas?: readonly AppDelta[];
}
