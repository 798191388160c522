/**
 * Runs the agent in a separate process that reports its vital signs. It reads its settings from the environment,
 * writes a line when it is attached, and answers each line of stdin with its vital signs. It ends when stdin ends.
 *
 * @module
 */

// First, so that it counts all listeners.
import { readVitalSigns } from "./vital_signs.ts";
import { AIPythonAgent } from "../../mod.ts";
import { lineBatches } from "../../stack/offline_model/lines.ts";

const write = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

const agent = new AIPythonAgent();
await agent.start();
write("attached");
for await (const lines of lineBatches(Deno.stdin.readable)) {
  for (const _line of lines) write(JSON.stringify(await readVitalSigns()));
}
await agent.shutdown();
