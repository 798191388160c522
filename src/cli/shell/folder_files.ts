/**
 * Reads the files of a folder that cells name in strings, to send them to the model. Each file that is sent is named on stderr.
 *
 * @module
 */

import { isAbsolute, relative, resolve, sep } from "node:path";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeFile } from "../../files/describe_file.ts";
import { formatFileSize } from "../../files/file_size.ts";
import { describeHiddenFile, describeLargeFile, MAX_FILE_BYTES } from "../../files/hidden_content.ts";
import { filePathsIn } from "../../python/named_files.ts";

/** The extensions of files that are sent: tables and texts, but not formats for keys and settings. */
const ENDINGS = ["csv", "tsv", "json", "jsonl", "txt"];

/** The options of {@linkcode FolderFiles}. */
export interface FolderFilesOptions {
  /** The path of the folder, which may be relative to the working directory. */
  folder: string;
  /** The maximum number of characters of a file that are sent; with 0 no file is read, and only its name is sent. */
  maxCharacters: number;
  /** The host to which files are sent. */
  destination: string;
  /** Shows a line to the user. */
  say(line: string): void;
}

/** The current state of a file. */
interface FileNow {
  /** Its path relative to the folder, with `/` as the separator. */
  name: string;
  /** Its size in bytes. */
  size: number;
  /** Its content; absent if it is too large. */
  bytes?: Uint8Array<ArrayBuffer>;
}

/** Reads the files that cells name. */
export class FolderFiles {
  readonly #options: FolderFilesOptions;
  /** The files that were sent, keyed by name and version. Each is announced only once. */
  readonly #sent = new Map<string, CellFile>();

  constructor(options: FolderFilesOptions) {
    this.#options = options;
  }

  /**
   * Reads the files that a cell names in strings. It reads only regular files that are in the folder or below it after symbolic links were
   * resolved, that have no part of their path beginning with a dot, and that this process may read. No part of other files is sent.
   *
   * @param code the cell's code
   */
  async filesOf(code: string): Promise<CellFile[]> {
    const { folder, maxCharacters } = this.#options;
    const maxBytes = maxCharacters === 0 ? 0 : MAX_FILE_BYTES;
    const files = new Map<string, CellFile>();
    for (const path of filePathsIn(code, ENDINGS)) {
      const file = await readFile(folder, path, maxBytes).catch(() => undefined);
      if (file !== undefined) files.set(file.name, maxCharacters === 0 ? hidden(file) : await this.#send(file));
    }
    return [...files.values()];
  }

  async #send({ name, size, bytes }: FileNow): Promise<CellFile> {
    const { maxCharacters, destination, say } = this.#options;
    const version = bytes === undefined
      ? `${size} bytes`
      : new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const key = JSON.stringify([name, version]);
    const sent = this.#sent.get(key);
    if (sent !== undefined) return sent;
    const shown = `${/^[\w./-]+$/.test(name) ? name : JSON.stringify(name)} (${formatFileSize(size)})`;
    if (bytes === undefined) say(`sends only the size of ${shown} to ${destination}: it is larger than 16 MiB`);
    else say(`sends ${shown} to ${destination}, because a cell names it`);
    const description = bytes === undefined ? describeLargeFile(size) : describeFile({ name, bytes }, maxCharacters);
    const file = { name, version, description };
    this.#sent.set(key, file);
    return file;
  }
}

/** A file of which only the name is sent, so that the model does not take it for missing. */
function hidden({ name }: FileNow): CellFile {
  return { name, version: "hidden", description: describeHiddenFile() };
}

/** Reads a file of at most `maxBytes`; returns `undefined` if it must not be sent. Throws as Deno does. */
async function readFile(folder: string, path: string, maxBytes: number): Promise<FileNow | undefined> {
  // To resolve a relative path, Deno needs the permission to read the working directory.
  if (!mayRead(folder) || !(isAbsolute(folder) || mayRead("."))) return undefined;
  const given = resolve(folder, path);
  const name = partsInside(resolve(folder), given);
  if (!mayRead(given) || (name !== undefined && hasDotPart(name))) return undefined;
  const real = await Deno.realPath(given);
  const inside = partsInside(await Deno.realPath(folder), real);
  if (inside === undefined || hasDotPart(inside) || !hasEnding(inside) || !mayRead(real)) return undefined;
  // Opening a pipe would wait for a writer.
  if (!(await Deno.lstat(real)).isFile) return undefined;
  using file = await Deno.open(real);
  const { isFile, size } = await file.stat();
  if (!isFile) return undefined;
  const bytes = size > maxBytes ? undefined : await readAll(file, size);
  return { name: name ?? inside, size, bytes };
}

/** Returns whether a path may be read without a permission prompt. */
function mayRead(path: string): boolean {
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

/** Returns a path relative to a folder, with `/` as the separator; `undefined` if it is not inside the folder. */
function partsInside(folder: string, path: string): string | undefined {
  const parts = relative(folder, path).split(sep);
  // On Windows, the relative path to another drive is an absolute path.
  return parts[0] === ".." || parts[0].includes(":") || parts.join("") === "" ? undefined : parts.join("/");
}

function hasDotPart(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

function hasEnding(path: string): boolean {
  return ENDINGS.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
}

/** Reads a file up to a size. Content that is appended meanwhile is not read. */
async function readAll(file: Deno.FsFile, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(size);
  let used = 0;
  for (let read: number | null = 0; read !== null && used < size; used += read ?? 0) {
    read = await file.read(buffer.subarray(used));
  }
  return buffer.subarray(0, used);
}
