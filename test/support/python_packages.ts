/**
 * Tests that need a Python with additional packages: clients of model servers, and validators of requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The Python of the virtual environment with the packages, from `AIPYTHON_TEST_PYTHON`. Default: none. */
export const testPython = Deno.env.get("AIPYTHON_TEST_PYTHON") ?? "";

/** A program that prints those of its arguments that cannot be imported. */
const FIND_MISSING = "import importlib.util, sys; print(*(m for m in sys.argv[1:] if not importlib.util.find_spec(m)))";

/** Variables that stop clients of model servers from contacting other servers. */
const QUIET = { LITELLM_LOCAL_MODEL_COST_MAP: "True", PYTHONDONTWRITEBYTECODE: "1" };

/**
 * Declares a test that needs Python packages. It is ignored if they are missing, and its name then gives the reason.
 *
 * @param modules the modules that must be importable, such as `mistral_common`
 */
export function pythonTest(name: string, modules: string[], fn: (t: Deno.TestContext) => Promise<void>): void {
  const reason = whyNot(modules);
  const note = reason === undefined ? "" : ` (ignored: ${reason})`;
  Deno.test({ name: `${name}${note}`, ignore: reason !== undefined, fn });
}

/**
 * Runs a Python script.
 *
 * @param script the script's URL
 * @param input the standard input, written as JSON
 * @returns the standard output, read as JSON
 * @throws {Error} the script failed
 */
// deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
export async function runPython(script: URL, input: unknown): Promise<any> {
  const child = new Deno.Command(testPython, {
    args: [fileURLToPath(script)],
    env: QUIET,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const written = ReadableStream.from([JSON.stringify(input)]).pipeThrough(new TextEncoderStream()).pipeTo(child.stdin)
    .catch(() => {}); // A script that ends before it reads its input reports the reason on stderr.
  const { code, stdout, stderr } = await child.output();
  await written;
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Returns the reason for which packages cannot be used; `undefined` if they can. */
function whyNot(modules: string[]): string | undefined {
  if (testPython === "") return `set AIPYTHON_TEST_PYTHON to a Python with ${modules.join(" and ")}`;
  const { error, status, stdout } = spawnSync(testPython, ["-c", FIND_MISSING, ...modules], { encoding: "utf8" });
  if (error !== undefined || status !== 0) return `${testPython} of AIPYTHON_TEST_PYTHON does not run`;
  const missing = stdout.trim();
  return missing === "" ? undefined : `the Python of AIPYTHON_TEST_PYTHON lacks ${missing}`;
}
