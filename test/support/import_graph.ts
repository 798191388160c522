/**
 * Reads the imports between files, and checks that they lead only downwards.
 *
 * @module
 */

/** A relative import or re-export, of values or of types, static or dynamic. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/**
 * Reads the relative imports of all TypeScript files in a folder and in the folders below it.
 *
 * @param root the folder's URL, with a slash at its end
 * @returns the imported files of each file; all are paths relative to `root`, which begin with `../` outside it
 */
export async function readImports(root: URL): Promise<Map<string, string[]>> {
  const imports = new Map<string, string[]>();
  for (const file of (await sourceFiles(root)).sort()) {
    const url = new URL(file, root);
    const specifiers = (await Deno.readTextFile(url)).matchAll(RELATIVE_IMPORT);
    imports.set(file, [...specifiers].map(([, specifier]) => pathFrom(root, new URL(specifier, url))));
  }
  return imports;
}

async function sourceFiles(root: URL, folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    if (isDirectory) files.push(...await sourceFiles(root, `${folder}${name}/`));
    else if (/\.tsx?$/.test(name)) files.push(`${folder}${name}`);
  }
  return files;
}

function pathFrom(root: URL, target: URL): string {
  const from = root.pathname.split("/").slice(0, -1);
  const to = target.pathname.split("/");
  const parting = from.findIndex((name, index) => name !== to[index]);
  const shared = parting === -1 ? from.length : parting;
  return [...from.slice(shared).fill(".."), ...to.slice(shared)].join("/");
}

/** Returns these files and all files that they import directly or indirectly. */
export function reachedFrom(graph: ReadonlyMap<string, string[]>, files: readonly string[]): Set<string> {
  const reached = new Set(files);
  for (const file of reached) for (const target of graph.get(file) ?? []) reached.add(target);
  return reached;
}

/** An import: the file that imports, and the file that is imported. */
export type Arrow = readonly [file: string, target: string];

/** Returns every import of a graph. */
export function arrowsOf(graph: ReadonlyMap<string, string[]>): Arrow[] {
  return [...graph].flatMap(([file, targets]) => targets.map((target): Arrow => [file, target]));
}

/** Writes an import as a sentence. */
export function describeArrow([file, target]: Arrow): string {
  return `${file} imports ${target}`;
}

/** The rooms of a source tree, the highest first. A room is a folder or a file, and may import only rooms below it. */
export class Rooms {
  readonly #names: readonly string[];

  /** @param names paths relative to the root of the graph; "" stands for the files in the root folder itself */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Returns the files whose folder is not in the list of rooms. */
  unlistedFiles(graph: ReadonlyMap<string, string[]>): string[] {
    return [...graph.keys()].filter((file) => !this.#names.includes(this.#roomOf(file)));
  }

  /** Returns the imports that lead upwards, as sentences. A folder and its subfolders may import each other. */
  upwardImports(graph: ReadonlyMap<string, string[]>): string[] {
    const isUpward = ([file, target]: Arrow) => {
      if (!graph.has(target)) return false;
      const [from, to] = [this.#roomOf(file), this.#roomOf(target)];
      return !isWithin(from, to) && !isWithin(to, from) && this.#names.indexOf(to) < this.#names.indexOf(from);
    };
    return arrowsOf(graph).filter(isUpward).map(describeArrow);
  }

  #roomOf(file: string): string {
    return this.#names.includes(file) ? file : file.slice(0, Math.max(0, file.lastIndexOf("/")));
  }
}

function isWithin(room: string, folder: string): boolean {
  return room === folder || (folder !== "" && room.startsWith(`${folder}/`));
}

/** Returns the first import cycle as a sentence; `undefined` if there is none. */
export function findCircle(graph: ReadonlyMap<string, string[]>): string | undefined {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(" imports ");
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const circle = search(target, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
  };
  for (const file of graph.keys()) {
    const circle = search(file, []);
    if (circle !== undefined) return circle;
  }
}
