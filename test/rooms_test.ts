/**
 * Checks the imports between the folders of the source. A folder may import only folders below it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { arrowsOf, describeArrow, findCircle, readImports, Rooms } from "./support/import_graph.ts";

/** The folders and files of `src/` in the order of the layers, the highest first. */
const rooms = new Rooms([
  "cli",
  "cli/attach",
  "cli/check",
  "cli/kernel",
  "cli/repl",
  "cli/run",
  "cli/shell",
  "cli/trace",
  "cli/health",
  "cli/host",
  "cli/files",
  "agent.ts",
  "agent",
  "check",
  "jupyter/kernel",
  "repl",
  "repl/completion",
  "shell",
  "nbformat",
  "notebook",
  "notebook/files",
  "notebook/output",
  "notebook/livestore",
  "notebook/sync",
  "notebook/schema",
  "terminal",
  "model",
  "model/servers",
  "model/responses",
  "model/failure",
  "telemetry",
  "options",
  "assistant",
  "execution",
  "execution/trace",
  "execution/reply",
  "execution/prompt",
  "execution/traceback",
  "files",
  "python",
  "jupyter",
  "media",
  "zmtp",
  "async",
  "decode_text.ts",
  "errors.ts",
  "errors",
  "listener.ts",
  "logger.ts",
  "read_bounded_text.ts",
  "read_bounded_bytes.ts",
  "join_bytes.ts",
  "recent_map.ts",
  "redirect.ts",
  "surrogate_pair.ts",
]);

const imports = await readImports(new URL("../src/", import.meta.url));

Deno.test("every file of src/ belongs to a listed folder", () => {
  assert.ok(imports.size > 200, "the source is read");
  assert.deepEqual(
    rooms.unlistedFiles(imports),
    [],
    "add the folder of these files to `rooms` above: higher than all that it imports",
  );
});

Deno.test("a folder of src/ imports only folders listed below it", () => {
  assert.deepEqual(rooms.upwardImports(imports), []);
});

Deno.test("no file of src/ imports itself through others", () => {
  assert.equal(findCircle(imports), undefined);
});

Deno.test("only the package's version is imported from outside src/", () => {
  const outside = arrowsOf(imports).filter(([, target]) => target.startsWith("../"));
  assert.deepEqual(outside.map(describeArrow), ["cli/version.ts imports ../deno.json"]);
});

Deno.test("the core imports neither LiveStore nor OpenTelemetry nor the package openai", async () => {
  for (const file of [...imports.keys()].filter((each) => /^(?:execution|assistant)\//.test(each))) {
    const text = await Deno.readTextFile(new URL(`../src/${file}`, import.meta.url));
    assert.doesNotMatch(text, /from "(?:@livestore|@opentelemetry|openai|npm:)|\bDeno\./, file);
  }
});
