/**
 * The folders in which Jupyter keeps kernelspecs and connection files, by the rules of jupyter_core
 * (https://docs.jupyter.org/en/latest/use/jupyter-directories.html).
 *
 * @module
 */

import { posix, win32 } from "node:path";
import type { Environment } from "../../options/setting_sources.ts";

export interface JupyterContext {
  os: typeof Deno.build.os;
  environment: Environment;
}

/** The folders for the data of all users; not used on Windows. */
const SYSTEM_FOLDERS = ["/usr/local/share/jupyter", "/usr/share/jupyter"];

/** Returns the path functions of an operating system. */
export function pathsOf({ os }: Pick<JupyterContext, "os">): typeof posix {
  return os === "windows" ? win32 : posix;
}

/**
 * Returns the folder for one user's Jupyter data: `JUPYTER_DATA_DIR`, or the default of the platform.
 *
 * @returns its path; `undefined` if the environment does not contain the necessary variables
 */
export function dataFolder({ os, environment }: JupyterContext): string | undefined {
  const { JUPYTER_DATA_DIR, HOME, XDG_DATA_HOME, APPDATA } = environment;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (os === "windows") return APPDATA ? win32.join(APPDATA, "jupyter") : undefined;
  if (os === "darwin") return HOME ? posix.join(HOME, "Library", "Jupyter") : undefined;
  if (XDG_DATA_HOME) return posix.join(XDG_DATA_HOME, "jupyter");
  return HOME ? posix.join(HOME, ".local", "share", "jupyter") : undefined;
}

/**
 * Returns the folders in which front ends write connection files: the one that `jupyter --runtime-dir` prints, and the default of the
 * platform, which VS Code uses even if variables name another one.
 */
export function runtimeFolders({ os, environment }: JupyterContext): string[] {
  const { JUPYTER_RUNTIME_DIR, HOME, APPDATA } = environment;
  const { join } = pathsOf({ os });
  const data = dataFolder({ os, environment });
  const own = dataFolder({ os, environment: { HOME, APPDATA } });
  const named = JUPYTER_RUNTIME_DIR || (data && join(data, "runtime"));
  return unique([named, own && join(own, "runtime")]);
}

/** Returns the folder for kernelspecs of a prefix, such as a virtual environment: `PREFIX/share/jupyter/kernels`. */
export function kernelsOfPrefix(prefix: string, { os }: Pick<JupyterContext, "os">): string {
  return pathsOf({ os }).join(prefix, "share", "jupyter", "kernels");
}

/** Returns the prefix of the Python environment that is active in the shell; `undefined` without one. */
export function activePrefix({ environment }: Pick<JupyterContext, "environment">): string | undefined {
  return environment.VIRTUAL_ENV || environment.CONDA_PREFIX || undefined;
}

/** Returns the folders in which Jupyter looks for kernelspecs: `JUPYTER_PATH`, the user's, the active environment's and the system's. */
export function kernelsFolders({ os, environment }: JupyterContext): string[] {
  const { join, delimiter } = pathsOf({ os });
  const prefix = activePrefix({ environment });
  const folders = [
    ...(environment.JUPYTER_PATH ?? "").split(delimiter),
    dataFolder({ os, environment }),
    prefix && join(prefix, "share", "jupyter"),
    ...os === "windows" ? [] : SYSTEM_FOLDERS,
  ];
  return unique(folders).map((folder) => join(folder, "kernels"));
}

function unique(folders: readonly (string | undefined)[]): string[] {
  return [...new Set(folders.filter((folder) => folder !== undefined && folder !== ""))] as string[];
}
