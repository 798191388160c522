/**
 * Tests that need a Python with packages from elsewhere: clients of model servers, and validators of what those are sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The Python of the packages, in a virtual environment; there is none unless `AIPYTHON_TEST_PYTHON` says where. */
export const testPython = Deno.env.get("AIPYTHON_TEST_PYTHON") ?? "";

/** Prints those of its arguments that cannot be imported. */
const FIND_MISSING = "import importlib.util, sys; print(*(m for m in sys.argv[1:] if not importlib.util.find_spec(m)))";

/** Variables that keep clients of model servers from asking other servers. */
const QUIET = { LITELLM_LOCAL_MODEL_COST_MAP: "True", PYTHONDONTWRITEBYTECODE: "1" };

/**
 * Makes a test that needs packages of Python: it is ignored where they are missing, and its name says so then.
 *
 * @param modules the modules that must be importable: `mistral_common`
 */
export function pythonTest(name: string, modules: string[], fn: (t: Deno.TestContext) => Promise<void>): void {
  const reason = whyNot(modules);
  const note = reason === undefined ? "" : ` (ignored: ${reason})`;
  Deno.test({ name: `${name}${note}`, ignore: reason !== undefined, fn });
}

/**
 * Runs a Python script beside a test.
 *
 * @param script where it is
 * @param input its standard input, written as JSON
 * @returns its standard output, read as JSON
 * @throws when it ends with anything but 0
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
    .catch(() => {}); // a script that ends before it has read says why
  const { code, stdout, stderr } = await child.output();
  await written;
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The reason packages cannot be used; `undefined` if they can. */
function whyNot(modules: string[]): string | undefined {
  if (testPython === "") return `set AIPYTHON_TEST_PYTHON to a Python with ${modules.join(" and ")}`;
  const { error, status, stdout } = spawnSync(testPython, ["-c", FIND_MISSING, ...modules], { encoding: "utf8" });
  if (error !== undefined || status !== 0) return `${testPython} of AIPYTHON_TEST_PYTHON does not run`;
  const missing = stdout.trim();
  return missing === "" ? undefined : `the Python of AIPYTHON_TEST_PYTHON lacks ${missing}`;
}
