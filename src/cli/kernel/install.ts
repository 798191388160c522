/**
 * Installs a kernel: `aipython kernel install`.
 *
 * @module
 */

import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AIPythonError, ConfigurationError } from "../../errors.ts";
import { optionTable } from "../../options/option_table.ts";
import { withoutControls } from "../../terminal/control_filter.ts";
import { wrapWords } from "../../terminal/wrap_words.ts";
import type { Invocation } from "../command.ts";
import { HELP_WIDTH } from "../help_columns.ts";
import { node } from "../host/node_builtin.ts";
import { OfflineModelMissingError } from "../shell/offline.ts";
import { readPackageFlags } from "../shell/offline_packages.ts";
import type { ShellSettingName } from "../shell/shell_settings.ts";
import { runtimeFolders } from "./jupyter_paths.ts";
import { type KernelFolder, listKernels, removeKernel, writeKernel } from "./kernel_folders.ts";
import { readKernelName } from "./kernel_name.ts";
import { hasSecret, type Kernelspec, makeKernelspec } from "./kernelspec.ts";
import { kernelsFolder } from "./kernels_folder.ts";
import { findProgram, type Program } from "./program.ts";

/** The kernel with this name belongs to another program. */
export class ForeignKernelError extends AIPythonError {
  readonly name = "ForeignKernelError";
}

/** The bits of a file's mode that allow users other than its owner to read it. */
const READABLE_BY_OTHERS = 0o044;

const NPX_CACHE = /[\\/]_npx[\\/]/;

type Install = Invocation<ShellSettingName>;

/**
 * Writes a kernelspec, and prints its path and how to use it.
 *
 * @throws {ConfigurationError} something is wrong with the flags or the settings
 * @throws {ForeignKernelError} another program's kernel has the name
 * @throws {KernelFolderError} the kernelspec cannot be written
 */
export function install(invocation: Install): Promise<number> {
  const { flags, host, logger } = invocation;
  const context = { os: Deno.build.os, environment: host.environment };
  checkSettings(invocation);
  const name = readKernelName(flags.name);
  const kernels = kernelsFolder(flags, context);
  const program = findProgram();
  if (flags.offline !== undefined && program.clone === undefined) {
    throw new OfflineModelMissingError(
      "the offline model is not part of the installed package: clone the project, and install the kernel from the clone",
    );
  }
  const envFile = invocation.envFile === undefined ? undefined : resolve(invocation.envFile);
  const spec = makeKernelspec({
    ...invocation,
    program,
    envFile,
    history: flags.history === undefined ? undefined : resolve(flags.history),
    connectionFolders: withRealPaths([...runtimeFolders(context), tmpdir()]),
    displayName: readDisplayName(flags.displayName),
  });
  const path = prepareFolder(listKernels(kernels).find((kernel) => kernel.name === name), join(kernels, name), flags);
  writeKernel(path, spec);
  const warnings = [...warningsOf({ ...invocation, program, envFile })];
  for (const warning of warnings) logger.warn(warning);
  const { display_name: displayName } = spec;
  host.writeOutput(
    flags.json === undefined
      ? describe({ name, path, spec, isOffline: flags.offline !== undefined, packagesUrl: flags.packagesUrl })
      : `${JSON.stringify({ name, folder: path, displayName, warnings }, null, 2)}\n`,
  );
  return Promise.resolve(0);
}

/**
 * Checks that the settings are complete, except for the key, which is not needed before the first cell. Also checks that no secret would
 * be written to the kernelspec.
 */
function checkSettings({ settings, origins, issues, flags }: Install): void {
  readPackageFlags(flags);
  const wrong = issues.filter(({ option }) => option !== "apiKey");
  for (const name of ["apiKey", "headers"] as const) {
    const { flag, environment: [variable] } = optionTable[name];
    if (origins[name]?.source !== "flag") continue;
    wrong.push({
      option: name,
      message: `--${flag} would be written to a file that everyone can read; ${secretAdvice(variable)}`,
    });
  }
  const isFromFile = origins.baseUrl?.source === "env file";
  if (settings.baseUrl !== undefined && hasSecret(settings.baseUrl) && !isFromFile) {
    const [variable] = optionTable.baseUrl.environment;
    wrong.push({
      option: "baseUrl",
      message: `the base URL contains a secret, which would be written to a file that everyone can read; ${
        secretAdvice(variable)
      }`,
    });
  }
  if (flags.packagesUrl !== undefined && hasSecret(flags.packagesUrl)) {
    wrong.push({
      message:
        "the address of --packages-url contains a secret, which would be written to a file that everyone can read; give one " +
        "without a secret",
    });
  }
  if (wrong.length > 0) throw new ConfigurationError(wrong);
}

/** Returns advice to put a secret into an env file. */
function secretAdvice(variable: string): string {
  return `put a line ${variable}=... into a file that only you can read, and give its path with --env-file, because desktop ` +
    `front ends do not have ${variable} in their environment`;
}

/** Validates the name that front ends show. */
function readDisplayName(text: string | undefined): string | undefined {
  if (text === undefined || (text.trim() !== "" && withoutControls(text) === text && !/[\r\n\t]/.test(text))) {
    return text;
  }
  throw new ConfigurationError([{
    message: `wrong display name ${
      JSON.stringify(text)
    }: expected a line of text, as in --display-name "Python (AIPython)"`,
  }]);
}

/** Adds the real paths of the folders, because Jupyter passes the real path of a connection file. */
function withRealPaths(folders: readonly string[]): string[] {
  return [...new Set(folders.flatMap((folder) => [resolve(folder), realPath(folder)]))];
}

function realPath(folder: string): string {
  try {
    return node.fs.realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

/** Returns the folder for the kernel, after removing another program's kernel if `--force` was given. */
function prepareFolder(
  existing: KernelFolder | undefined,
  path: string,
  flags: Readonly<Record<string, string>>,
): string {
  if (existing === undefined) return path;
  if (existing.spec !== undefined || existing.isEmpty) return existing.path;
  if (flags.force === undefined) {
    throw new ForeignKernelError(
      `${existing.path} is another program's kernel; give another name with --name, or --force to replace it`,
    );
  }
  removeKernel(existing.path);
  return path;
}

interface Installed extends Pick<Install, "settings" | "origins" | "issues"> {
  program: Program;
  envFile?: string;
}

/** Yields warnings about problems that may occur later. */
function* warningsOf({ settings, origins, issues, program, envFile }: Installed): Generator<string> {
  const { source, name = optionTable.apiKey.environment[0] } = origins.apiKey ?? {};
  if (source === "environment") {
    yield `the kernel finds the API key only if ${name} is in the environment of the front end: ${secretAdvice(name)}`;
  } else if (issues.length > 0) {
    yield `there is no API key yet for ${new URL(settings.baseUrl).host}: ${secretAdvice(name)}`;
  }
  if (envFile !== undefined && Deno.build.os !== "windows") {
    const { mode } = node.fs.statSync(envFile);
    if ((mode & READABLE_BY_OTHERS) !== 0) yield `other users can read ${envFile}: run chmod 600 on it`;
  }
  if (NPX_CACHE.test(program.deno)) {
    yield `the kernel is run by ${program.deno}, in a cache that npx may empty: install Deno (npm install --global deno), ` +
      "and install the kernel again with it";
  }
}

function describePackages(packagesUrl: string | undefined): string {
  return packagesUrl === undefined
    ? "Cells can import only the standard library, because the kernel may not connect to any host to fetch packages. To allow " +
      "one, give --packages-url."
    : `Packages that cells import are fetched from ${new URL(packagesUrl).host}.`;
}

/** Describes the installed kernel, its permissions, and how to use it. */
function describe(
  { name, path, spec, isOffline, packagesUrl }: {
    name: string;
    path: string;
    spec: Kernelspec;
    isOffline: boolean;
    packagesUrl?: string;
  },
): string {
  const flag = (kind: string) => spec.argv.find((word) => word.startsWith(`--allow-${kind}=`))?.split("=")[1] ?? "";
  const list = (kind: string) => flag(kind).split(",").join(", ");
  const offline = isOffline
    ? ` The offline model runs in separate processes: the kernel may start ${list("run")}, with any permission, and ` +
      `write to ${list("write")}. ${describePackages(packagesUrl)}`
    : "";
  const paragraphs = [
    `Installed ${JSON.stringify(spec.display_name)} as the kernel ${name}.`,
    `It may connect to ${list("net")} and read ${list("read")}.${offline}`,
    `To use it, choose it in JupyterLab's launcher, or in VS Code under Select Kernel, Jupyter Kernel, or run ` +
    `jupyter console --kernel ${name}. To change its settings, install it again.`,
  ];
  const [first, ...rest] = paragraphs.map((text) => `${wrapWords(text, HELP_WIDTH).join("\n")}\n`);
  return [`${first}${path}\n`, ...rest].join("\n");
}
