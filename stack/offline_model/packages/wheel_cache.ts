/**
 * Keeps wheels on disk, each under its hash.
 *
 * @module
 */

/** The names of what is kept: a hash, and the drafts that a process which was killed has left. */
const KEPT_NAME = /^([0-9a-f]{64})(\.[0-9a-f-]{36})?$/;

/** Milliseconds after which a draft is taken for one that nobody writes any more. */
const DRAFT_LIFE_MS = 60 * 60_000;

/** Wheels in a folder. */
export class WheelCache {
  readonly #folder: string;

  /** @param folder the folder; it is created when the first wheel is kept */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads a wheel.
   *
   * @param sha256 its hash
   * @returns its bytes; `undefined` when it is not there, or the file has changed: that is removed
   */
  async get(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = this.#path(sha256);
    const bytes = await Deno.readFile(path).catch(() => undefined);
    if (bytes === undefined || await hashOf(bytes) === sha256) return bytes;
    await Deno.remove(path).catch(() => {});
  }

  /**
   * Keeps a wheel. Others see all of it or nothing.
   *
   * @param sha256 its hash, which has been checked
   * @throws when it cannot be written
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
   * Removes what another version of the distribution has left, and drafts that nobody writes any more.
   *
   * @param hashes the wheels that there are now
   * @param now the time of day
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

/** The SHA-256 of bytes, as hexadecimal digits. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

async function isOld(path: string, now: Date): Promise<boolean> {
  const modified = await Deno.stat(path).then(({ mtime }) => mtime, () => null);
  return modified !== null && now.getTime() - modified.getTime() > DRAFT_LIFE_MS;
}
