/**
 * Validates the agent's requests with Mistral's own package: its models' tokenizers must accept them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { pythonTest, runPython } from "../support/python_packages.ts";
import { recordTour } from "./recorded_tour.ts";

const VALIDATE = new URL("./mistral_validator.py", import.meta.url);

for (const mode of ["auto", "sequential", "text"]) {
  pythonTest(`Mistral's package accepts every request of a session with --tool-mode ${mode}`, [
    "mistral_common",
    "sentencepiece",
  ], async () => {
    const exchanges = await recordTour("mistral", "--tool-mode", mode);
    const taken = exchanges.filter(({ status }) => status === 200);
    assert.ok(taken.length >= 14, `${taken.length} requests`);
    const problems: string[][] = await runPython(VALIDATE, taken.map(({ body }) => body));
    assert.deepEqual([...new Set(problems.flat())], []);
  });
}
