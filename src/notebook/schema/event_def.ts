/**
 * Declares one event of the notebook's contract.
 *
 * @module
 */

import { Events, Schema } from "@livestore/livestore";

/**
 * Declares a synced event whose arguments are a struct.
 *
 * @param name the event's name on the wire, version included: `v1.CellCreated`
 * @param fields its fields, as Effect schemas that need no services
 */
export function event<const Name extends string, const Fields extends Schema.Struct.Fields>(
  name: Name,
  fields: Fields,
) {
  // TypeScript cannot see that a struct of service-free fields is service-free itself.
  const schema = Schema.Struct(fields) as unknown as Schema.Schema<
    Schema.Struct.Type<Fields>,
    Schema.Struct.Encoded<Fields>
  >;
  return Events.synced({ name, schema });
}

/** An optional field: absent on the wire when it has no value. */
export const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optional(schema);
