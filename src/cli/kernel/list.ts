/**
 * Lists the kernels: `aipython kernel list`.
 *
 * @module
 */

import { isAbsolute } from "node:path";
import { withoutControls } from "../../terminal/control_filter.ts";
import type { Invocation } from "../command.ts";
import { node } from "../host/node_builtin.ts";
import { folderFlags, kernelsFolder } from "./kernels_folder.ts";
import { kernelsFolders } from "./jupyter_paths.ts";
import { type KernelFolder, listKernels } from "./kernel_folders.ts";
import type { Kernelspec } from "./kernelspec.ts";

interface OwnKernel extends KernelFolder {
  spec: Kernelspec;
}

/** Lists the kernels of this program in all folders where Jupyter looks for kernels, with their missing files. */
export function list({ flags, host }: Invocation<never>): Promise<number> {
  const context = { os: Deno.build.os, environment: host.environment };
  const isChosen = Object.keys(folderFlags).some((name) => flags[name] !== undefined);
  const folders = isChosen ? [kernelsFolder(flags, context)] : kernelsFolders(context);
  const own = folders.flatMap(listKernels).filter((kernel): kernel is OwnKernel => kernel.spec !== undefined);
  host.writeOutput(flags.json === undefined ? describe(own, folders) : `${JSON.stringify(own.map(asJson), null, 2)}\n`);
  return Promise.resolve(0);
}

function asJson({ name, path, spec }: OwnKernel) {
  const { display_name: displayName, metadata: { aipython: { version, model, baseUrl } } } = spec;
  return { name, folder: path, displayName, version, model, baseUrl, missing: missingFiles(spec) };
}

function describe(kernels: readonly OwnKernel[], folders: readonly string[]): string {
  if (kernels.length === 0) {
    return `There is no kernel of AIPython in ${folders.join(", ")}.\naipython kernel install installs one.\n`;
  }
  return kernels.map(({ name, path, spec }) => {
    const { model, baseUrl } = spec.metadata.aipython;
    const missing = missingFiles(spec);
    const lines = [
      `${name}: ${spec.display_name}`,
      `  ${path}`,
      model === undefined ? "  the offline model" : `  ${model} at ${baseUrl}`,
      missing.length === 0
        ? "  ready"
        : `  cannot start, because ${missing.join(" and ")} is missing: install it again`,
    ];
    return `${withoutControls(lines.join("\n"))}\n`;
  }).join("\n");
}

/** Returns the files in a kernel's command line that do not exist. A package of JSR is not checked. */
function missingFiles({ argv }: Kernelspec): string[] {
  const entry = argv[argv.indexOf("kernel") - 1];
  const envFile = argv.find((word) => word.startsWith("--env-file="))?.slice("--env-file=".length);
  const files = [argv[0], entry, envFile].filter((file) => file !== undefined && isAbsolute(file));
  return files.filter((file) => !node.fs.existsSync(file!)) as string[];
}
