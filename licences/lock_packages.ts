/**
 * Reads the packages of a `deno.lock`, and which of them are installed on a platform.
 *
 * @module
 */

/** The parts of a lock file (version 5) that are read. */
export interface Lock {
  /** From a requirement (`npm:openai@7`) to the chosen version. */
  specifiers?: Record<string, string>;
  /** Packages of npm, by name and version. After a `_` the version continues with those of its peers. */
  npm?: Record<string, LockedPackage>;
  /** Packages of JSR, by name and version. */
  jsr?: Record<string, unknown>;
  /** Modules from URLs, by URL. */
  remote?: Record<string, unknown>;
}

/** A package in a lock. Dependencies are keys of `npm`, without the version if there is only one. */
export interface LockedPackage {
  os?: readonly string[];
  cpu?: readonly string[];
  dependencies?: readonly string[];
  optionalDependencies?: readonly string[];
}

/** A platform: `process.platform` and `process.arch` of Node. */
export interface Platform {
  /** `linux`, `darwin`, `win32`, ... */
  os: string;
  /** `x64`, `arm64`, ... */
  cpu: string;
}

export interface NamedPackage {
  name: string;
  version: string;
  /**
   * Whether this platform installs it: false for packages of other platforms, and for packages that only these need.
   */
  isInstalled: boolean;
}

/**
 * Lists the packages of a lock, each version once.
 *
 * @throws {Error} the lock has packages or modules that are not from npm, whose licences cannot be read
 */
export function lockPackages(lock: Lock, platform: Platform): NamedPackage[] {
  const foreign = [...Object.keys(lock.jsr ?? {}), ...Object.keys(lock.remote ?? {})];
  if (foreign.length > 0) throw new Error(`not from npm, so that no licence can be read: ${foreign.join(", ")}`);
  const installed = installedKeys(lock, platform);
  const packages = new Map<string, NamedPackage>();
  for (const key of Object.keys(lock.npm ?? {})) {
    const [, name, version] = /^(.[^@]*)@([^_]+)/.exec(key)!;
    const isInstalled = installed.has(key) || packages.get(`${name}@${version}`)?.isInstalled === true;
    packages.set(`${name}@${version}`, { name, version, isInstalled });
  }
  return [...packages.values()];
}

/** Follows the dependencies from the requirements to all packages that this platform needs. */
function installedKeys({ specifiers = {}, npm = {} }: Lock, { os, cpu }: Platform): Set<string> {
  const isFor = (place: LockedPackage) => (place.os?.includes(os) ?? true) && (place.cpu?.includes(cpu) ?? true);
  const keys = Object.keys(npm);
  const findKey = (dependency: string) =>
    dependency in npm ? dependency : keys.find((key) => key.startsWith(`${dependency}@`))!;
  const reached = new Set<string>();
  const waiting = Object.entries(specifiers).map(([specifier, version]) => {
    const [, name] = /^npm:(.[^@]*)/.exec(specifier)!;
    return `${name}@${version}`;
  });
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (reached.has(key) || !isFor(npm[key])) continue;
    reached.add(key);
    const { dependencies = [], optionalDependencies = [] } = npm[key];
    waiting.push(...[...dependencies, ...optionalDependencies].map(findKey));
  }
  return reached;
}
