/**
 * Which file imports which.
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
