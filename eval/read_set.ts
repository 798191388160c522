/**
 * Reads the set that the command line names.
 *
 * @module
 */

import type { CommandHost } from "../src/cli/host/command_host.ts";
import { cruxevalSet } from "./cruxeval/cruxeval_set.ts";
import type { EvalSet } from "./eval_set.ts";
import { readFile } from "./files.ts";

/** Each set is read when it is needed. */
const builtInSets: Readonly<Record<string, () => Promise<EvalSet>>> = {
  "golden": async () => (await import("./golden/golden_set.ts")).goldenSet(),
  "long-pasts": async () => (await import("./long_pasts/long_past_set.ts")).longPastSet(),
};

/**
 * @param name `golden`, `long-pasts`, or the path of a notebook or of a file in CRUXEval's format
 * @throws {ConfigurationError} there is no such set, or the file cannot be read
 */
export async function readSet(name: string, host: Pick<CommandHost, "readFile">): Promise<EvalSet> {
  if (Object.hasOwn(builtInSets, name)) return await builtInSets[name]();
  const text = readFile(name, host);
  if (!/\.ipynb$/i.test(name)) return cruxevalSet(text, name);
  const { notebookSet } = await import("./notebook/notebook_set.ts");
  return notebookSet(text, name);
}
