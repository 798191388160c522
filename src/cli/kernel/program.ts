/**
 * Finds the command line with which Deno runs this installation of the program from any working directory.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASM } from "../../media/svg_to_png.ts";
import { packageName, version } from "../version.ts";

export interface Program {
  /** The path of Deno. */
  deno: string;
  /** The flags of `deno run` that choose configuration and packages, so that files in the working directory are ignored. */
  flags: readonly string[];
  /** The module to run: a path, or a package of JSR in this version. */
  entry: string;
  /** The folders that the installation reads: its packages, and the source of the drawing thread. */
  folders: readonly string[];
  /** The folder of a clone of the project; absent if it was installed from JSR. */
  clone?: string;
}

/** The locations of the parts of an installation. */
export interface ProgramParts {
  /** The URL of this module. Default: `import.meta.url`. */
  moduleUrl?: string;
  /** The path of Deno. Default: that of the running Deno. */
  deno?: string;
  /** The URL of a file in a package. Default: that of a package that is always installed. */
  packageFile?: string;
}

/** Finds the command line of this installation. The script that `deno install` writes is not used, because it has more permissions. */
export function findProgram(
  { moduleUrl = import.meta.url, deno = Deno.execPath(), packageFile = import.meta.resolve(WASM) }: ProgramParts = {},
): Program {
  if (moduleUrl.startsWith("file:")) {
    const clone = fileURLToPath(new URL("../../../", moduleUrl)).replace(/[\\/]$/, "");
    return {
      deno,
      flags: ["--config", join(clone, "deno.json")],
      entry: join(clone, "bin", "aipython.ts"),
      folders: [join(clone, "node_modules"), join(clone, "src")],
      clone,
    };
  }
  return {
    deno,
    flags: ["--no-config", "--no-lock", "--node-modules-dir=none"],
    entry: `jsr:${packageName}@${version}/bin/aipython`,
    folders: [fileURLToPath(packageFile.replace(/\/@resvg\/.*/, ""))],
  };
}
