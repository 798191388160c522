/**
 * Serves the files of the built page.
 *
 * @module
 */

import { join } from "node:path";
import type { Context } from "hono";
import { getMimeType } from "hono/utils/mime";

/** Files below this path have a hash of their content in their name, so a browser may cache them indefinitely. */
const HASHED = "/assets/";

/** Returns the paths of a build's files: `/index.html`, `/assets/index-B2x.js`. */
export async function listFiles(folder: string, prefix = "/"): Promise<Set<string>> {
  const paths = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    if (!isDirectory) paths.add(prefix + name);
    else for (const path of await listFiles(folder, `${prefix}${name}/`)) paths.add(path);
  }
  return paths;
}

export async function serveFile(c: Context, folder: string, path: string): Promise<Response> {
  return c.body(await Deno.readFile(join(folder, path)), 200, {
    "content-type": getMimeType(path) ?? "application/octet-stream",
    "cache-control": path.startsWith(HASHED) ? "private, max-age=31536000, immutable" : "no-cache",
  });
}
