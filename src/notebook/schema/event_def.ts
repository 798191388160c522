/**
 * Declares an event of the notebook contract.
 *
 * @module
 */

import { Events, Schema } from "@livestore/livestore";

/**
 * Declares a synced event whose arguments are a struct.
 *
 * @param name the event's name on the wire, including its version: `v1.CellCreated`
 * @param fields its fields, as Effect schemas that require no services
 */
export function event<const Name extends string, const Fields extends Schema.Struct.Fields>(
  name: Name,
  fields: Fields,
) {
  // TypeScript cannot infer that a struct of such fields requires no services either.
  const schema = Schema.Struct(fields) as unknown as Schema.Schema<
    Schema.Struct.Type<Fields>,
    Schema.Struct.Encoded<Fields>
  >;
  return Events.synced({ name, schema });
}

/** An optional field. It is absent on the wire if it has no value. */
export const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optional(schema);
