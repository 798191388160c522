/**
 * Distinguishes the events that this schema can read from those that it cannot.
 *
 * @module
 */

import { Either, Schema } from "@livestore/utils/effect";
import { events } from "./events.ts";

const decoders = new Map<string, (args: unknown) => Either.Either<unknown, unknown>>(
  Object.values(events).map(({ name, schema }) => [name, Schema.decodeUnknownEither(schema as Schema.Schema<unknown>)]),
);

/** Whether an event's name is known and its arguments can be decoded. */
export function canDecode({ name, args }: { name: string; args?: unknown }): boolean {
  const decode = decoders.get(name);
  return decode !== undefined && Either.isRight(decode(args));
}
