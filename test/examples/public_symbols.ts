/**
 * The public symbols of the package, with their documentation.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The repository's folder, ending in a slash. */
const root = new URL("../../", import.meta.url);

/** A symbol that `mod.ts` exports. */
export interface PublicSymbol {
  name: string;
  /** `class`, `function`, `interface`, `typeAlias`, `variable`. */
  kind: string;
  /** Its file, relative to the root: `src/agent.ts`. */
  file: string;
  /** The code of the examples in its documentation. */
  examples: readonly string[];
}

/** The parts of what `deno doc --json` prints that are read here. */
interface DocNodes {
  nodes: Record<string, {
    module_doc?: { doc?: string };
    symbols: {
      name: string;
      declarations: { kind: string; location: { filename: string }; jsDoc?: { doc?: string } }[];
    }[];
  }>;
}

/** Reads the code of the fenced examples in a text of Markdown. */
export function examplesIn(markdown = ""): string[] {
  return [...markdown.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);
}

/**
 * Lists what a module exports.
 *
 * @param path the module, relative to the root
 * @returns the examples of the module itself, and its symbols
 * @throws {Error} `deno doc` failed
 */
export async function readPublicSymbols(path = "mod.ts"): Promise<{ examples: string[]; symbols: PublicSymbol[] }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", path],
    cwd: root,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(`deno doc ended with ${code}: ${decoder.decode(stderr)}`);
  const { nodes }: DocNodes = JSON.parse(decoder.decode(stdout));
  const [{ module_doc, symbols }] = Object.values(nodes);
  return {
    examples: examplesIn(module_doc?.doc),
    symbols: symbols.map(({ name, declarations }) => ({
      name,
      kind: declarations[0].kind,
      file: fileURLToPath(declarations[0].location.filename).slice(fileURLToPath(root).length),
      examples: declarations.flatMap(({ jsDoc }) => examplesIn(jsDoc?.doc)),
    })),
  };
}
