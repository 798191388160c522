/**
 * The files of a folder that cells name: read for the model, and named on stderr.
 *
 * @module
 */

import { isAbsolute, relative, resolve, sep } from "node:path";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeFile } from "../../files/describe_file.ts";
import { formatFileSize } from "../../files/file_size.ts";
import { describeLargeFile, MAX_FILE_BYTES } from "../../files/hidden_content.ts";
import { filePathsIn } from "../../python/named_files.ts";

/** How the names of files end that are sent: tables and texts, and not what keys and settings are kept in. */
const ENDINGS = ["csv", "tsv", "json", "jsonl", "txt"];

/** Where files are looked for, and how much of them is told. */
export interface FolderFilesOptions {
  /** The folder, as a path that may begin at the working directory. */
  folder: string;
  /** How many characters are told of a file; with 0 none is read. */
  maxCharacters: number;
  /** The host that they are sent to. */
  destination: string;
  /** Writes a line for the person. */
  say(line: string): void;
}

/** A file as it is now. */
interface FileNow {
  /** Its path from the folder, with `/` between its parts. */
  name: string;
  /** Its size in bytes. */
  size: number;
  /** Its content; absent where it is too large. */
  bytes?: Uint8Array<ArrayBuffer>;
}

/** Reads the files that cells name. */
export class FolderFiles {
  readonly #options: FolderFilesOptions;
  /** The files that were told, by name and version: each is said once. */
  readonly #told = new Map<string, CellFile>();

  constructor(options: FolderFilesOptions) {
    this.#options = options;
  }

  /**
   * Reads the files that a cell names in strings. Only regular files in the folder or in folders below it count, also after links have
   * been followed, none whose name or folder begins with a dot, and none that this process may not read: of all others nothing is told.
   *
   * @param code the cell's code
   */
  async filesOf(code: string): Promise<CellFile[]> {
    if (this.#options.maxCharacters === 0) return [];
    const files = new Map<string, CellFile>();
    for (const path of filePathsIn(code, ENDINGS)) {
      const file = await readFile(this.#options.folder, path).catch(() => undefined);
      if (file !== undefined) files.set(file.name, await this.#tell(file));
    }
    return [...files.values()];
  }

  async #tell({ name, size, bytes }: FileNow): Promise<CellFile> {
    const { maxCharacters, destination, say } = this.#options;
    const version = bytes === undefined
      ? `${size} bytes`
      : new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const key = JSON.stringify([name, version]);
    const told = this.#told.get(key);
    if (told !== undefined) return told;
    const shown = `${/^[\w./-]+$/.test(name) ? name : JSON.stringify(name)} (${formatFileSize(size)})`;
    if (bytes === undefined) say(`sends nothing of ${shown} to ${destination} but its size: it has more than 16 MiB`);
    else say(`sends ${shown} to ${destination}, because a cell names it`);
    const description = bytes === undefined ? describeLargeFile(size) : describeFile({ name, bytes }, maxCharacters);
    const file = { name, version, description };
    this.#told.set(key, file);
    return file;
  }
}

/** Reads a file; `undefined` if it is not one of those that are told. Throws as Deno does. */
async function readFile(folder: string, path: string): Promise<FileNow | undefined> {
  // What begins at the working directory asks for that.
  if (!mayRead(folder) || !(isAbsolute(folder) || mayRead("."))) return undefined;
  const given = resolve(folder, path);
  const name = partsInside(resolve(folder), given);
  if (!mayRead(given) || (name !== undefined && hasDotPart(name))) return undefined;
  const real = await Deno.realPath(given);
  const inside = partsInside(await Deno.realPath(folder), real);
  if (inside === undefined || hasDotPart(inside) || !hasEnding(inside) || !mayRead(real)) return undefined;
  // To open a pipe is to wait for who writes to it.
  if (!(await Deno.lstat(real)).isFile) return undefined;
  using file = await Deno.open(real);
  const { isFile, size } = await file.stat();
  if (!isFile) return undefined;
  const bytes = size > MAX_FILE_BYTES ? undefined : await readAll(file, size);
  return { name: name ?? inside, size, bytes };
}

/** Whether a path may be read without a question to the person. */
function mayRead(path: string): boolean {
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

/** A path from a folder, with `/` between its parts; `undefined` if it leads out of it. */
function partsInside(folder: string, path: string): string | undefined {
  const parts = relative(folder, path).split(sep);
  // On Windows the way to another drive is an absolute path.
  return parts[0] === ".." || parts[0].includes(":") || parts.join("") === "" ? undefined : parts.join("/");
}

function hasDotPart(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

function hasEnding(path: string): boolean {
  return ENDINGS.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
}

/** Reads a file of a size; what is added meanwhile is left out. */
async function readAll(file: Deno.FsFile, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(size);
  let used = 0;
  for (let read: number | null = 0; read !== null && used < size; used += read ?? 0) {
    read = await file.read(buffer.subarray(used));
  }
  return buffer.subarray(0, used);
}
