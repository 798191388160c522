/**
 * Finds the folder of kernelspecs that a command works with: the user's, or that of a prefix.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";
import { activePrefix, dataFolder, type JupyterContext, kernelsOfPrefix, pathsOf } from "./jupyter_paths.ts";

export const folderFlags = {
  user: {
    flag: "user",
    help: "For this user, in Jupyter's data folder (JUPYTER_DATA_DIR, if it is set). The default.",
  },
  sysPrefix: { flag: "sys-prefix", help: "For the active Python environment (VIRTUAL_ENV or CONDA_PREFIX)." },
  prefix: { flag: "prefix", placeholder: "DIR", help: "In DIR/share/jupyter/kernels." },
} as const satisfies Record<string, FlagEntry>;

/**
 * Finds the folder that the flags choose.
 *
 * @returns its absolute path; it need not exist
 * @throws {ConfigurationError} the flags contradict each other, or the environment does not determine the folder
 */
export function kernelsFolder(flags: Readonly<Record<string, string>>, context: JupyterContext): string {
  const { resolve, join } = pathsOf(context);
  const given = Object.entries(folderFlags).filter(([name]) => flags[name] !== undefined);
  if (given.length > 1) {
    throw wrong(
      `give only one of ${given.map(([, { flag }]) => `--${flag}`).join(" and ")}: each chooses another folder`,
    );
  }
  if (flags.prefix === "") throw wrong("--prefix needs the path of a folder");
  if (flags.prefix !== undefined) return kernelsOfPrefix(resolve(flags.prefix), context);
  if (flags.sysPrefix !== undefined) {
    const prefix = activePrefix(context);
    if (prefix !== undefined) return kernelsOfPrefix(resolve(prefix), context);
    throw wrong("no Python environment is active: neither VIRTUAL_ENV nor CONDA_PREFIX is set; give --prefix DIR");
  }
  const data = dataFolder(context);
  if (data !== undefined) return join(resolve(data), "kernels");
  const variable = context.os === "windows" ? "APPDATA" : "HOME";
  throw wrong(
    `cannot find Jupyter's data folder, because neither JUPYTER_DATA_DIR nor ${variable} can be read; ` +
      "give --prefix DIR, or allow this command to read them (--allow-env)",
  );
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
