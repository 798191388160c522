/**
 * Writes the generated pages of `docs/`, or with `--check` fails when one of them is out of date.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- a command of the terminal

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { generatePages } from "./pages.ts";

const [option, ...rest] = Deno.args;
if (rest.length > 0 || (option !== undefined && option !== "--check")) {
  console.error("Usage: deno task docs [--check]");
  Deno.exit(2);
}

let isStale = false;
for (const { file, text } of await generatePages()) {
  if (await Deno.readTextFile(file).catch(() => undefined) === text) continue;
  const path = relative(Deno.cwd(), fileURLToPath(file));
  if (option === "--check") {
    console.error(`${path} is out of date: run deno task docs, and commit what it writes`);
    isStale = true;
  } else {
    await Deno.writeTextFile(file, text);
    console.log(`wrote ${path}`);
  }
}
if (isStale) Deno.exit(1);
