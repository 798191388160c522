/**
 * Writes the page of all events of a notebook, from the schema.
 *
 * @module
 */

import { cellEvents } from "../../src/notebook/schema/cell_events.ts";
import { executionEvents } from "../../src/notebook/schema/execution_events.ts";
import { outputEvents } from "../../src/notebook/schema/output_events.ts";
import { markdownTable } from "./markdown_table.ts";

/** The parts of an event's definition that the page shows. */
interface Definition {
  name: string;
  schema: { ast: object };
}

export function eventsPage(): string {
  return [
    "# Which events are in a notebook?",
    "",
    "A notebook is a log of these LiveStore events. Every client reads all of them. People's clients write those of the " +
    "first table; those of the second are written by the client that requests an execution and by the agent that answers; outputs are " +
    "written by the agent. A `?` marks a field that may be absent. An event that this version does not know is skipped.",
    "",
    ...section("The notebook and its cells", cellEvents),
    ...section("Runtime sessions and executions", executionEvents),
    ...section("Outputs", outputEvents),
  ].join("\n");
}

function section(title: string, definitions: Record<string, Definition>): string[] {
  const rows = Object.values(definitions).map(({ name, schema }) => [`\`${name}\``, fieldsOf(schema.ast)]);
  return [`## ${title}`, "", ...markdownTable(["event", "fields"], rows), ""];
}

/** Lists the names of an event's fields: `id`, `actorId?`. */
function fieldsOf(ast: object): string {
  const { propertySignatures = [] } = ast as { propertySignatures?: { name: PropertyKey; isOptional: boolean }[] };
  return propertySignatures.map(({ name, isOptional }) => `\`${String(name)}${isOptional ? "?" : ""}\``).join(", ");
}
