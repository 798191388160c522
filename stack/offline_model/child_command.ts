/**
 * The command that starts a program in `child/`, with its permissions and its environment.
 *
 * @module
 */

import type { BootOptions } from "./protocol.ts";

/**
 * Kilobytes of stack that V8 may use, of the 4 MB that Deno gives a worker. CPython counts only its own frames. Calls
 * from C to Python and back (`__repr__`, `lru_cache`) would fill V8's default of 1 MB long before Python raises a
 * RecursionError, and end the process.
 */
const V8_STACK_KB = 3_600;

/**
 * Deno's flags for every child. It loads local files only, never prompts for permissions, and makes no code from
 * text.
 */
export const CHILD_FLAGS = [
  "run",
  "--quiet",
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
  `--v8-flags=--stack-size=${V8_STACK_KB},--disallow-code-generation-from-strings`,
];

/**
 * The environment variables with which Deno finds its cache. A child gets no others, because our environment contains
 * keys.
 */
const DENO_ENVIRONMENT = ["HOME", "DENO_DIR", "XDG_CACHE_HOME"];

function childEnvironment(): Record<string, string> {
  const inherited = DENO_ENVIRONMENT.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(inherited), NO_COLOR: "1" };
}

/**
 * Prepares a child process that runs one of the programs in `child/`.
 *
 * @param program the program's file name
 * @param options the boot options; the child may read the files that they name
 * @param permissions flags for further Deno permissions. Default: none
 */
export function childCommand(program: string, options: BootOptions, permissions: string[] = []): Deno.Command {
  const folder = decodeURIComponent(new URL(".", import.meta.url).pathname);
  const pyodide = decodeURIComponent(new URL(options.pyodideUrl).pathname);
  const readable = [folder, pyodide, options.pythonDir, ...(options.snapshot ? [options.snapshot] : [])];
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...CHILD_FLAGS,
      `--allow-read=${readable.join(",")}`,
      ...permissions,
      `${folder}child/${program}`,
      JSON.stringify(options),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    clearEnv: true,
    env: childEnvironment(),
  });
}
