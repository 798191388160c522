/**
 * Starts CPython (Pyodide) with our Python files, from a memory snapshot or from nothing.
 *
 * @module
 */

import type { BootOptions } from "../protocol.ts";

/** The operations of a device of Pyodide's file system. `buffer` is Python's memory. */
export interface DeviceOperations {
  open(stream: { seekable: boolean }): void;
  close(): void;
  read(stream: unknown, buffer: Uint8Array, offset: number, length: number): number;
  write(stream: unknown, buffer: Uint8Array, offset: number, length: number): number;
}

/** The internals of the interpreter that are used here: its memory, and functions of CPython. */
export interface InterpreterMemory {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  _PyImport_Inittab: number;
  /** Makes a JavaScript function callable from C code; `signature` has a letter for the result and each parameter. */
  addFunction(code: (...parameters: number[]) => number, signature: string): number;
  _PyObject_Vectorcall(callable: number, parameters: number, count: number, keywords: number): number;
  _Py_IncRef(object: number): void;
  _PyThreadState_Get(): number;
  /** The address at which C's stack begins; it grows downwards. */
  _emscripten_stack_get_base(): number;
  /** Sets the end of a thread's C stack. Beyond it Python raises a RecursionError. */
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, size: number): number;
}

/** The part of Pyodide's interface that is used here, with the two internal functions that make a snapshot. */
export interface Pyodide {
  FS: {
    mkdirTree(path: string): void;
    writeFile(path: string, data: Uint8Array): void;
    makedev(major: number, minor: number): number;
    registerDevice(device: number, operations: DeviceOperations): void;
    mkdev(path: string, mode: number, device: number): void;
    symlink(target: string, path: string): void;
    ErrnoError: new (errno: number) => Error;
  };
  _module: InterpreterMemory;
  /** `cdnUrl`: where the packages of this version are, ending in a slash. */
  _api: { config: { cdnUrl: string } };
  runPython(code: string): unknown;
  pyimport(name: "offline_model.worker"): { attach(): void; run(request: string): void };
  pyimport(name: "offline_model.linux_errno"): { addresses(): string };
  setInterruptBuffer(buffer: Int32Array): void;
  setStdout(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
  setStderr(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
  makeMemorySnapshot(): Uint8Array;
}

/** The folder of our Python files in Pyodide's file system. Tracebacks leave out frames of these files. */
const PYTHON_HOME = "/offline_model";

/** The folder that tracebacks and messages show for Python's library, as on Debian. */
const LIBRARIES = "/usr/lib";

/** The module with IPython's version, which the persona names. */
const VERSION_FILE = `${PYTHON_HOME}/IPython/core/release.py`;

/** The user's home directory, where cells start. */
const HOME = "/home/user";
const USER = "user";

const INSTALL = `
import sys
sys.path.append("${PYTHON_HOME}")
import offline_model.linux_errno
offline_model.linux_errno.install()  # before any module of ours takes a number
import IPython.display, IPython.core.magic, offline_model.worker
offline_model.worker.install()
`;

/**
 * Boots Python and installs the shell, unless the snapshot has it already.
 *
 * @param options the locations of all files; here `snapshot` holds the bytes of a snapshot
 * @param forSnapshot whether {@linkcode Pyodide.makeMemorySnapshot} will be called
 * @throws Pyodide's error, if the snapshot does not fit or a file is missing
 */
export async function bootPyodide(
  { pyodideUrl, pythonDir, persona, snapshot }: Pick<BootOptions, "pyodideUrl" | "pythonDir" | "persona"> & {
    snapshot?: Uint8Array;
  },
  forSnapshot = false,
): Promise<Pyodide> {
  const { loadPyodide } = await import(`${pyodideUrl}pyodide.mjs`);
  const pyodide: Pyodide = await loadPyodide({
    indexURL: decodeURIComponent(new URL(pyodideUrl).pathname),
    env: {
      HOME,
      LANG: "en_US.UTF-8",
      USER,
      LOGNAME: USER,
      PATH: "/usr/bin",
      PYTHONPATH: `${LIBRARIES}/python${persona.python}`,
    },
    fsInit: (FS: Pyodide["FS"]) => linkLibrary(FS, persona.python),
    args: ["-X", "frozen_modules=off"], // as ipykernel starts Python: no frozen modules, all have files
    jsglobals: {}, // what Python would find in its module `js`
    enableRunUntilComplete: false,
    _makeSnapshot: forSnapshot,
    _loadSnapshot: snapshot,
  });
  copyFiles(pyodide, pythonDir, PYTHON_HOME);
  pyodide.FS.writeFile(VERSION_FILE, new TextEncoder().encode(`version = "${persona.ipython}"\n`));
  if (snapshot === undefined) pyodide.runPython(INSTALL);
  return pyodide;
}

/** Gives Pyodide's archive of the library a second name. Python can import from it under either name. */
function linkLibrary(FS: Pyodide["FS"], version: string): void {
  FS.mkdirTree(LIBRARIES);
  FS.symlink(`/lib/python${version.replace(".", "")}.zip`, `${LIBRARIES}/python${version}`);
}

function copyFiles(pyodide: Pyodide, from: string, to: string): void {
  pyodide.FS.mkdirTree(to);
  for (const entry of Deno.readDirSync(from)) {
    if (entry.isDirectory) copyFiles(pyodide, `${from}/${entry.name}`, `${to}/${entry.name}`);
    else if (entry.name.endsWith(".py")) {
      pyodide.FS.writeFile(`${to}/${entry.name}`, Deno.readFileSync(`${from}/${entry.name}`));
    }
  }
}
