/**
 * Reads, writes and removes kernelspecs on disk. Each is a folder with `kernel.json` and logos.
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

export const SPEC_FILE = "kernel.json";

/** A kernelspec cannot be read, written or removed. */
export class KernelFolderError extends AIPythonError {
  readonly name = "KernelFolderError";
}

/** A subfolder of a folder of kernelspecs. */
export interface KernelFolder {
  /** The kernel's name: the folder's name in lowercase. */
  name: string;
  path: string;
  /** Its kernelspec; absent if it does not belong to this program. */
  spec?: Kernelspec;
  isEmpty: boolean;
}

/**
 * Lists the kernels in a folder, sorted by name.
 *
 * @returns an empty list if the folder does not exist
 * @throws {KernelFolderError} the folder cannot be read
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
 * Writes a kernelspec. The logos are written first, so that a front end that looks in the meantime sees either the whole kernel or none.
 *
 * @param path the kernel's folder, which is created
 * @throws {KernelFolderError} the kernel cannot be written
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
 * Removes a kernel's folder. If it is a symbolic link, only the link is removed.
 *
 * @throws {KernelFolderError} the folder cannot be removed
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
