/**
 * How a piece of output content stands in an event: inline, or as a reference to an uploaded artifact.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";

const metadata = Schema.optional(Schema.Record({ key: Schema.String, value: Schema.Any }));

/** Content that is part of the event, or an artifact that `GET /api/artifacts/<artifactId>` delivers. */
export const MediaContainer = Schema.Union(
  Schema.Struct({ type: Schema.Literal("inline"), data: Schema.Any, metadata }),
  Schema.Struct({ type: Schema.Literal("artifact"), artifactId: Schema.String, metadata }),
);

/** The decoded form of {@linkcode MediaContainer}. */
export type MediaContainer = typeof MediaContainer.Type;

/** The representations of one output: MIME type -> content. */
export const Representations = Schema.Record({ key: Schema.String, value: MediaContainer });

/** The decoded form of {@linkcode Representations}. */
export type Representations = typeof Representations.Type;

/**
 * The representations that a cell has shown, without those that a runtime has made of them for another reader: these name in
 * `metadata.generatedFor` the MIME type that they were made of.
 */
export function shownRepresentations(representations: Representations): Representations {
  return Object.fromEntries(
    Object.entries(representations).filter(([, { metadata }]) => metadata?.generatedFor === undefined),
  );
}

/** Content that stands in the event itself. */
export function inline(data: unknown): MediaContainer {
  return { type: "inline", data };
}
