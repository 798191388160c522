/**
 * Output content in an event: either inline, or a reference to an uploaded artifact.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";

const metadata = Schema.optional(Schema.Record({ key: Schema.String, value: Schema.Any }));

/** Inline content, or an artifact that the server returns at `GET /api/artifacts/<artifactId>`. */
export const MediaContainer = Schema.Union(
  Schema.Struct({ type: Schema.Literal("inline"), data: Schema.Any, metadata }),
  Schema.Struct({ type: Schema.Literal("artifact"), artifactId: Schema.String, metadata }),
);

export type MediaContainer = typeof MediaContainer.Type;

/** The representations of one output: MIME type to content. */
export const Representations = Schema.Record({ key: Schema.String, value: MediaContainer });

export type Representations = typeof Representations.Type;

/**
 * Returns the representations that the cell has shown, without those that a runtime generated for other readers. A generated one has the
 * MIME type of its source in `metadata.generatedFor`.
 */
export function shownRepresentations(representations: Representations): Representations {
  return Object.fromEntries(
    Object.entries(representations).filter(([, { metadata }]) => metadata?.generatedFor === undefined),
  );
}

/** Makes content that is part of the event. */
export function inline(data: unknown): MediaContainer {
  return { type: "inline", data };
}
