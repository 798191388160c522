/**
 * Keeps wheels on disk, each under its hash.
 *
 * @module
 */

/** The names of cached files: hashes, and drafts left by killed processes. */
const KEPT_NAME = /^([0-9a-f]{64})(\.[0-9a-f-]{36})?$/;

/** Milliseconds after which a draft is considered abandoned. */
const DRAFT_LIFE_MS = 60 * 60_000;

/** Wheels in a folder. */
export class WheelCache {
  readonly #folder: string;

  /** @param folder created when the first wheel is kept */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads a wheel.
   *
   * @returns `undefined` if the file is missing or has changed. A changed file is removed.
   */
  async get(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = this.#path(sha256);
    const bytes = await Deno.readFile(path).catch(() => undefined);
    if (bytes === undefined || await hashOf(bytes) === sha256) return bytes;
    await Deno.remove(path).catch(() => {});
  }

  /**
   * Keeps a wheel. It is written atomically: other processes see a complete file or none.
   *
   * @param sha256 the hash, which the caller has checked
   * @throws when the wheel cannot be written
   */
  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    await Deno.mkdir(this.#folder, { recursive: true });
    const draft = `${this.#path(sha256)}.${crypto.randomUUID()}`;
    try {
      await Deno.writeFile(draft, bytes);
      await Deno.rename(draft, this.#path(sha256));
    } catch (error) {
      await Deno.remove(draft).catch(() => {});
      throw error;
    }
  }

  /**
   * Removes wheels of other versions of the distribution, and abandoned drafts.
   *
   * @param hashes the hashes of the current distribution's wheels
   */
  async prune(hashes: ReadonlySet<string>, now: Date): Promise<void> {
    const entries = await Array.fromAsync(Deno.readDir(this.#folder)).catch(() => []);
    for (const { name } of entries) {
      const [, sha256, draft] = KEPT_NAME.exec(name) ?? [];
      if (sha256 === undefined) continue;
      const path = `${this.#folder}/${name}`;
      if (draft === undefined ? !hashes.has(sha256) : await isOld(path, now)) await Deno.remove(path).catch(() => {});
    }
  }

  #path(sha256: string): string {
    return `${this.#folder}/${sha256}`;
  }
}

/** Returns the SHA-256 of bytes as hexadecimal digits. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

async function isOld(path: string, now: Date): Promise<boolean> {
  const modified = await Deno.stat(path).then(({ mtime }) => mtime, () => null);
  return modified !== null && now.getTime() - modified.getTime() > DRAFT_LIFE_MS;
}
