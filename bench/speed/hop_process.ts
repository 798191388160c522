/**
 * A LiveStore client that writes an event for each line that it reads, and reports the time.
 *
 * @module
 */

import { lineBatches } from "../../stack/offline_model/lines.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { openClient } from "../../test/support/notebook_client.ts";

const [syncUrl, authToken, notebookId] = Deno.args;
const write = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

await using client = await openClient({ syncUrl, authToken, notebookId });
write("ready");
for await (const lines of lineBatches(Deno.stdin.readable)) {
  for (const id of lines) {
    const at = performance.timeOrigin + performance.now();
    client.store.commit(events.debug({ id }));
    write(String(at));
  }
}
