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

/** A cell. */
export interface AppCell {
  id: string;
  source: string;
  /** In the order of their positions. */
  outputs: readonly AppOutput[];
}
