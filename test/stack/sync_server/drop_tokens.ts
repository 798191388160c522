/**
 * Removes the table of tokens from a running local server, so that it cannot look tokens up. Its `admit()` restores the table.
 *
 * @module
 */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Drops the table of tokens below a server's `dataDir`. */
export async function dropTokens(dataDir: string): Promise<void> {
  const folder = join(dataDir, "d1", "miniflare-D1DatabaseObject");
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".sqlite")) continue;
    using database = new DatabaseSync(join(folder, name));
    database.exec("DROP TABLE IF EXISTS tokens");
  }
}
