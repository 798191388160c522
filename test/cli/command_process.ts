/**
 * Runs the command as a separate process, with an environment and a working directory that the test chooses.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The URL of the command's script. */
export const aipython = new URL("../../bin/aipython.ts", import.meta.url);

/** The URL of the command with an agent that serves nothing. */
export const idleAipython = new URL("./idle_aipython.ts", import.meta.url);

/** The permissions that the command needs. */
const permissions = ["--allow-net", "--allow-env", "--allow-read", "--allow-sys", "--allow-ffi"];

/** The variables with which Deno finds its cache. */
const denoVariables = ["HOME", "DENO_DIR", "PATH"];

/** Options for starting the command. */
export interface ProcessOptions {
  /** The script. Default: the command itself. */
  script?: URL;
  /** The environment, except for the variables that Deno needs. */
  environment?: Record<string, string>;
  /** The working directory. Default: an empty folder in {@linkcode runToEnd}, that of the test in {@linkcode startCommand}. */
  directory?: string;
  /** Permissions beyond those of the attached agent: `--allow-write`. */
  permissions?: readonly string[];
  /** Further flags for Deno: `--node-modules-dir=none`. */
  denoFlags?: readonly string[];
  /** The standard input. Default: an empty file. */
  input?: string;
  /** The file to which stdout is written. Default: a pipe. */
  stdoutFile?: string;
  /** The umask as octal digits: `027`. Default: that of the test. */
  umask?: string;
}

/** Output and exit code of the process. */
export interface ProcessResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Returns the variables that Deno itself needs, with the values of this process. */
export function denoEnvironment(): Record<string, string> {
  const own = denoVariables.map((name) => [name, Deno.env.get(name)]).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(own), NO_COLOR: "1" };
}

/** Returns the words of the command line, from `deno` on. */
export function commandLine(
  args: readonly string[],
  options: Pick<ProcessOptions, "script" | "denoFlags" | "permissions"> = {},
): string[] {
  const { script = aipython, permissions: further = [], denoFlags = [] } = options;
  const flags = ["--no-prompt", "--quiet", ...denoFlags, ...permissions, ...further];
  return [Deno.execPath(), "run", ...flags, fileURLToPath(script), ...args];
}

/** Starts the command. The caller must await its status. */
export function startCommand(args: readonly string[], options: ProcessOptions = {}): Deno.ChildProcess {
  const { environment = {}, directory, input, stdoutFile, umask } = options;
  const words = commandLine(args, options);
  const shell = [
    ...umask === undefined ? [] : [`umask ${umask}`],
    ...stdoutFile === undefined ? ['exec "$@"'] : ['file="$1"', "shift", 'exec "$@" > "$file"'],
  ].join("; ");
  const needsShell = stdoutFile !== undefined || umask !== undefined;
  const [program, ...rest] = needsShell
    ? ["sh", "-c", shell, "sh", ...stdoutFile === undefined ? [] : [stdoutFile], ...words]
    : words;
  const child = new Deno.Command(program, {
    args: rest,
    env: { ...denoEnvironment(), ...environment },
    clearEnv: true,
    cwd: directory,
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // A command that exits without reading its stdin breaks the pipe. Its stderr explains why.
  if (input !== undefined) {
    ReadableStream.from([input]).pipeThrough(new TextEncoderStream()).pipeTo(child.stdin).catch(() => {});
  }
  return child;
}

/** Runs the command until it exits. Default working directory: an empty folder. */
export async function runToEnd(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const empty = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await startCommand(args, { directory: empty, ...options }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(empty, { recursive: true });
  }
}
