/**
 * The notebook's schema for LiveStore: the events, the tables, and the materializers that apply events to tables.
 *
 * @module
 */

import { makeSchema, State } from "@livestore/livestore";
import { cellMaterializers } from "./cell_materializers.ts";
import { events, unreadableEvent } from "./events.ts";
import { executionMaterializers } from "./execution_materializers.ts";
import { outputMaterializers } from "./output_materializers.ts";
import { tables } from "./tables.ts";

export { events, tables };

const state = State.SQLite.makeState({
  tables,
  materializers: {
    ...cellMaterializers,
    ...executionMaterializers,
    ...outputMaterializers,
    [unreadableEvent.name]: () => [],
  },
});

export const schema = makeSchema({ events, state });
