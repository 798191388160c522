/**
 * The packages of Pyodide's distribution, read from the lock in Pyodide's npm package.
 *
 * @module
 */

import { AIPythonError } from "../../../src/errors.ts";

export interface LockedWheel {
  /** The package's name, as people write it: `Pillow`. */
  name: string;
  /** For example `12.2.0`. */
  version: string;
  /** The wheel's file name, relative to the distribution's URL. */
  fileName: string;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/** The distribution has a module's package, but not in a form that can be loaded. */
export class UnloadablePackageError extends AIPythonError {
  readonly name = "UnloadablePackageError";
}

/** The fields of a package in the lock that are read. */
interface LockEntry {
  name: string;
  version: string;
  file_name: string;
  sha256: string;
  package_type: string;
  imports: string[];
  depends: string[];
}

const WHEEL_NAME = /^[\w.+!-]+\.whl$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** The packages of a distribution, by the modules that are imported from them. */
export class PackageLock {
  readonly #entries: ReadonlyMap<string, LockEntry>;
  readonly #byModule = new Map<string, LockEntry>();

  private constructor(entries: Record<string, LockEntry>) {
    this.#entries = new Map(Object.entries(entries).map(([name, entry]) => [normalizeName(name), entry]));
    for (const entry of this.#entries.values()) {
      for (const module of entry.imports) this.#byModule.set(module, entry);
    }
  }

  /**
   * Reads a lock.
   *
   * @param path of a `pyodide-lock.json`
   * @throws when the file does not exist or is not JSON
   */
  static async read(path: string | URL): Promise<PackageLock> {
    return new PackageLock(JSON.parse(await Deno.readTextFile(path)).packages);
  }

  /** Returns the hashes of all files. */
  get hashes(): Set<string> {
    return new Set([...this.#entries.values()].map(({ sha256 }) => sha256));
  }

  /** Returns the version of a package; `undefined` if the lock has no such package. */
  versionOf(name: string): string | undefined {
    return this.#entries.get(normalizeName(name))?.version;
  }

  /** Whether one of the packages contains a module. */
  hasModule(module: string): boolean {
    return this.#byModule.has(module);
  }

  /**
   * Finds the wheels that a module needs.
   *
   * @param module the name of a top-level module: `mpl_toolkits`
   * @returns the wheels, the module's own last; empty if no package has the module
   * @throws {UnloadablePackageError} when one of the needed packages is not a wheel
   */
  wheelsOf(module: string): LockedWheel[] {
    const wheels = new Map<string, LockedWheel>();
    const entry = this.#byModule.get(module);
    if (entry !== undefined) this.#collect(entry, entry, wheels);
    return [...wheels.values()];
  }

  #collect(entry: LockEntry, wanted: LockEntry, wheels: Map<string, LockedWheel>, seen = new Set<LockEntry>()): void {
    if (seen.has(entry)) return;
    seen.add(entry);
    for (const name of entry.depends) {
      const needed = this.#entries.get(normalizeName(name));
      if (needed === undefined) {
        throw new UnloadablePackageError(`${wanted.name} needs ${name}, which Pyodide's distribution lacks`);
      }
      this.#collect(needed, wanted, wheels, seen);
    }
    const { name, version, file_name: fileName, sha256, package_type: type } = entry;
    if (type !== "package" || !WHEEL_NAME.test(fileName) || !SHA256.test(sha256)) {
      const whose = entry === wanted ? `${name} is` : `${wanted.name} needs ${name}, which is`;
      throw new UnloadablePackageError(`${whose} not a Python wheel, and the offline model loads nothing else`);
    }
    wheels.set(fileName, { name, version, fileName, sha256 });
  }
}

/** Normalizes a package's name: `typing_extensions` and `typing-extensions` are the same. */
function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}
