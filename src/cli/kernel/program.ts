/**
 * How Deno runs this installation of the program, from whatever working directory.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASM } from "../../media/svg_to_png.ts";
import { packageName, version } from "../version.ts";

/** An installation of the program. */
export interface Program {
  /** Deno's own path. */
  deno: string;
  /** The flags of `deno run` that choose configuration and packages, so that none of the working directory counts. */
  flags: readonly string[];
  /** What is run: a path, or a package of JSR in this version. */
  entry: string;
  /** The folders that it reads of itself: its packages, and the source of the thread that draws. */
  folders: readonly string[];
  /** The folder of a clone of the project; absent where it was installed from JSR. */
  clone?: string;
}

/** Where the parts of an installation are. */
export interface ProgramParts {
  /** The address of this module. Default: its own. */
  moduleUrl?: string;
  /** Deno's own path. Default: that of the running Deno. */
  deno?: string;
  /** The address of a file of a package. */
  packageFile?: string;
}

/** Finds how this installation is run. The script that `deno install` writes has wider permissions and is not used. */
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
