/**
 * Runs the command as a process of its own, with an environment and a working directory that the test decides on.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The command itself. */
export const aipython = new URL("../../bin/aipython.ts", import.meta.url);

/** The command with an agent that serves nothing. */
export const idleAipython = new URL("./idle_aipython.ts", import.meta.url);

/** The permissions that the command needs. */
const permissions = ["--allow-net", "--allow-env", "--allow-read", "--allow-sys", "--allow-ffi"];

/** What Deno itself needs to find its cache. */
const denoVariables = ["HOME", "DENO_DIR", "PATH"];

/** How to start it. */
export interface ProcessOptions {
  /** The script; the command itself unless given. */
  script?: URL;
  /** The environment, but for what Deno needs. */
  environment?: Record<string, string>;
  /** The working directory. */
  directory?: string;
  /** Permissions beyond those of the attached agent: `--allow-write`. */
  permissions?: readonly string[];
  /** Further flags of Deno: `--node-modules-dir=none`. */
  denoFlags?: readonly string[];
  /** What it reads on stdin. Default: an empty file. */
  input?: string;
  /** The file that its stdout goes to. Default: a pipe. */
  stdoutFile?: string;
  /** The umask, as octal digits: `027`. Default: that of the test. */
  umask?: string;
}

/** What it left behind. */
export interface ProcessResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The variables that Deno itself needs, as this process has them. */
export function denoEnvironment(): Record<string, string> {
  const own = denoVariables.map((name) => [name, Deno.env.get(name)]).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(own), NO_COLOR: "1" };
}

/** The words that run the command, from Deno's own on. */
export function commandLine(
  args: readonly string[],
  options: Pick<ProcessOptions, "script" | "denoFlags" | "permissions"> = {},
): string[] {
  const { script = aipython, permissions: further = [], denoFlags = [] } = options;
  const flags = ["--no-prompt", "--quiet", ...denoFlags, ...permissions, ...further];
  return [Deno.execPath(), "run", ...flags, fileURLToPath(script), ...args];
}

/** Starts the command; whoever starts it awaits its status. */
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
  // A command that ends without reading breaks the pipe; what it left behind tells why.
  if (input !== undefined) {
    ReadableStream.from([input]).pipeThrough(new TextEncoderStream()).pipeTo(child.stdin).catch(() => {});
  }
  return child;
}

/** Runs the command to its end in an empty directory, unless another one is given. */
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
