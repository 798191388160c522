/**
 * The agent as a process of its own that tells of its vital signs: it takes its settings from the environment, writes a line when it
 * is attached, and another one for every line that it reads; it leaves when there are no more.
 *
 * @module
 */

// First, so that it counts from the beginning.
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
