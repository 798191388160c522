/**
 * Serves the files of the built page.
 *
 * @module
 */

import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};

/** Files below this path have a hash of their content in their name, so that a browser may keep them for ever. */
const HASHED = "/assets/";

/** The paths that a build has: `/index.html`, `/assets/index-B2x.js`. */
export async function listFiles(folder: string, prefix = "/"): Promise<Set<string>> {
  const paths = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    if (!isDirectory) paths.add(prefix + name);
    else for (const path of await listFiles(folder, `${prefix}${name}/`)) paths.add(path);
  }
  return paths;
}

/** Answers with a file of the build. */
export async function serveFile(folder: string, path: string): Promise<Response> {
  const file = await Deno.open(join(folder, path));
  return new Response(file.readable, {
    headers: {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "cache-control": path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache",
    },
  });
}
