/**
 * The packages of a `deno.lock`, and which of them are installed on a platform.
 *
 * @module
 */

/** The parts of a lock file (version 5) that are read. */
export interface Lock {
  /** From what is asked for (`npm:openai@7`) to the version that was chosen. */
  specifiers?: Record<string, string>;
  /** Packages of npm, by name and version. Behind a `_` the version goes on with those of its peers. */
  npm?: Record<string, LockedPackage>;
  /** Packages of JSR, by name and version. */
  jsr?: Record<string, unknown>;
  /** Modules that have an address, by it. */
  remote?: Record<string, unknown>;
}

/** A package in a lock. Dependencies are keys of `npm`, without the version where it is the only one. */
export interface LockedPackage {
  os?: readonly string[];
  cpu?: readonly string[];
  dependencies?: readonly string[];
  optionalDependencies?: readonly string[];
}

/** What a platform calls itself: `process.platform` and `process.arch` of Node. */
export interface Platform {
  /** `linux`, `darwin`, `win32`, ... */
  os: string;
  /** `x64`, `arm64`, ... */
  cpu: string;
}

/** A package of a lock. */
export interface NamedPackage {
  name: string;
  version: string;
  /** Whether this platform installs it: false for one that is for others, and for what only those need. */
  isInstalled: boolean;
}

/**
 * Lists the packages of a lock, each version once.
 *
 * @throws {Error} the lock has packages or modules that do not come from npm: their licences cannot be read
 */
export function lockPackages(lock: Lock, platform: Platform): NamedPackage[] {
  const strangers = [...Object.keys(lock.jsr ?? {}), ...Object.keys(lock.remote ?? {})];
  if (strangers.length > 0) throw new Error(`not from npm, so that no licence can be read: ${strangers.join(", ")}`);
  const installed = installedKeys(lock, platform);
  const packages = new Map<string, NamedPackage>();
  for (const key of Object.keys(lock.npm ?? {})) {
    const [, name, version] = /^(.[^@]*)@([^_]+)/.exec(key)!;
    const isInstalled = installed.has(key) || packages.get(`${name}@${version}`)?.isInstalled === true;
    packages.set(`${name}@${version}`, { name, version, isInstalled });
  }
  return [...packages.values()];
}

/** Walks from what is asked for to all that it needs on this platform. */
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
