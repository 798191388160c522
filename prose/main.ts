/**
 * Checks the English of comments, docstrings, test titles, messages and Markdown files.
 *
 * ```sh
 * deno task prose                # all files, as the gate does
 * deno task prose src/cli/ .     # only these; `.` is everything
 * deno task prose --count        # code lines, comment lines and turns of each top-level folder
 * ```
 *
 * Ends with 1 if it finds a turn of phrase that `prose/turns.ts` lists.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { checkProse } from "./check_prose.ts";
import { countProse } from "./count_prose.ts";
import { cleanPaths } from "./turns.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const write = (text: string) => Deno.stdout.write(new TextEncoder().encode(text));

if (Deno.args[0] === "--count") {
  await write(await countProse(root));
} else {
  const { report, count } = await checkProse(root, Deno.args.length > 0 ? Deno.args : cleanPaths);
  await write(report);
  if (count > 0) Deno.exitCode = 1;
}
