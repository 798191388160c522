/**
 * Removes a kernel: `aipython kernel uninstall`.
 *
 * @module
 */

import type { Invocation } from "../command.ts";
import { ForeignKernelError } from "./install.ts";
import { kernelsFolders } from "./jupyter_paths.ts";
import { KernelFolderError, listKernels, removeKernel } from "./kernel_folders.ts";
import { readKernelName } from "./kernel_name.ts";
import { kernelsFolder } from "./kernels_folder.ts";

/**
 * Removes a kernel, and prints the path of its folder.
 *
 * @throws {KernelFolderError} there is no such kernel, or it cannot be removed
 * @throws {ForeignKernelError} the kernel belongs to another program
 */
export function uninstall({ flags, host }: Invocation<never>): Promise<number> {
  const context = { os: Deno.build.os, environment: host.environment };
  const name = readKernelName(flags.name);
  const kernels = kernelsFolder(flags, context);
  const kernel = listKernels(kernels).find((each) => each.name === name);
  if (kernel === undefined) {
    const elsewhere = kernelsFolders(context).flatMap(listKernels).filter((each) => each.name === name && each.spec);
    const hint = elsewhere.length === 0
      ? "aipython kernel list shows the installed ones"
      : `there is one in ${elsewhere.map(({ path }) => path).join(" and ")}: give its --prefix DIR`;
    throw new KernelFolderError(`there is no kernel ${name} in ${kernels}; ${hint}`);
  }
  if (kernel.spec === undefined && flags.force === undefined) {
    throw new ForeignKernelError(`${kernel.path} is another program's kernel; give --force to remove it anyway`);
  }
  removeKernel(kernel.path);
  host.writeOutput(
    flags.json === undefined
      ? `Removed the kernel ${name} from ${kernel.path}.\n`
      : `${JSON.stringify({ name, folder: kernel.path }, null, 2)}\n`,
  );
  return Promise.resolve(0);
}
