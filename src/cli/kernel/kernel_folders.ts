/**
 * Kernelspecs on disk: a folder each, with `kernel.json` and pictures.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { AIPythonError } from "../../errors.ts";
import { errorCode } from "../files/error_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import { node } from "../host/node_builtin.ts";
import { replaceFile } from "../host/replace_file.ts";
import { type Kernelspec, readKernelspec } from "./kernelspec.ts";
import { logos } from "./logos.ts";

/** The file that makes a folder a kernel. */
export const SPEC_FILE = "kernel.json";

/** A kernelspec cannot be read, written or removed. */
export class KernelFolderError extends AIPythonError {
  /** The class's name. */
  readonly name = "KernelFolderError";
}

/** A folder among kernelspecs. */
export interface KernelFolder {
  /** The kernel's name: that of the folder in small letters. */
  name: string;
  path: string;
  /** What it holds; absent where it is not one of ours. */
  spec?: Kernelspec;
  /** Whether there is anything in it. */
  isEmpty: boolean;
}

/**
 * Lists the kernels in a folder, in the order of their names.
 *
 * @returns none where the folder does not exist
 * @throws {KernelFolderError} it cannot be read
 */
export function listKernels(kernels: string): KernelFolder[] {
  try {
    const entries = node.fs.readdirSync(kernels).toSorted();
    return entries.map((entry) => readFolder(kernels, entry)).filter((folder) => folder !== undefined);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw new KernelFolderError(`cannot read the kernels in ${kernels}: ${fileProblem(cause, "read")}`, { cause });
  }
}

function readFolder(kernels: string, entry: string): KernelFolder | undefined {
  const path = join(kernels, entry);
  if (!node.fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const files = node.fs.readdirSync(path);
  const spec = files.includes(SPEC_FILE)
    ? readKernelspec(node.fs.readFileSync(join(path, SPEC_FILE), "utf8"))
    : undefined;
  return { name: entry.toLowerCase(), path, spec, isEmpty: files.length === 0 };
}

/**
 * Writes a kernelspec, the pictures first: so a front end that looks meanwhile sees the kernel whole or not at all.
 *
 * @param path the kernel's folder, which is made
 * @throws {KernelFolderError} it cannot be written
 */
export function writeKernel(path: string, spec: Kernelspec): void {
  try {
    node.fs.mkdirSync(path, { recursive: true });
    for (const [name, picture] of Object.entries(logos)) node.fs.writeFileSync(join(path, name), picture);
    replaceFile(join(path, SPEC_FILE), `${JSON.stringify(spec, null, 1)}\n`);
  } catch (cause) {
    throw new KernelFolderError(
      `cannot write the kernel into ${path}: ${
        fileProblem(cause, "write")
      }; give another folder with --user or --prefix DIR`,
      { cause },
    );
  }
}

/**
 * Removes a kernel's folder; of a link to a folder, only the link.
 *
 * @throws {KernelFolderError} it cannot be removed
 */
export function removeKernel(path: string): void {
  try {
    node.fs.rmSync(path, { recursive: true });
  } catch (cause) {
    throw new KernelFolderError(
      `cannot remove the kernel in ${path}: ${fileProblem(cause, "write")}; ${dirname(path)} must be writable`,
      { cause },
    );
  }
}

function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(String(errorCode(error)));
}
