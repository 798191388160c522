import assert from "node:assert/strict";
import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const repository = new URL("../../", import.meta.url);

/** The Markdown files of the repository, by their paths. */
const pages = new Map<string, string>();
const isForeign = (name: string) => /(^|\/)(node_modules|\.cache|\.git)$/.test(name);
for await (const path of glob("**/*.md", { cwd: fileURLToPath(repository), exclude: isForeign })) {
  pages.set(path, await Deno.readTextFile(new URL(path, repository)));
}

/** A link of a page to a file or a heading of the repository. */
interface Link {
  /** The path of the file, from the root. */
  path: string;
  /** The id of the heading; empty for the whole file. */
  id: string;
}

/** Finds the links of a page that stay in the repository. Code is left out. */
function linksOf(page: string): Link[] {
  const prose = pages.get(page)!.replaceAll(/^ *```.*?^ *```/gms, "").replaceAll(/`[^`]*`/g, "``");
  return [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, markdown, html]) => markdown ?? html)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const { pathname, hash } = new URL(target, `file:///${page}`);
      return { path: decodeURIComponent(pathname.slice(1)), id: hash.slice(1) };
    });
}

/** Lists the ids of a page's headings, as GitHub makes them. */
function headingIds(page: string): string[] {
  return [...pages.get(page)!.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-")
  );
}

Deno.test("every link in a Markdown page leads to an existing file and heading", async () => {
  const broken: string[] = [];
  for (const page of pages.keys()) {
    for (const { path, id } of linksOf(page)) {
      const isThere = await Deno.stat(new URL(path, repository)).then(() => true, () => false);
      if (!isThere || (id !== "" && pages.has(path) && !headingIds(path).includes(id))) {
        broken.push(`${page}: ${path}${id && `#${id}`}`);
      }
    }
  }
  assert.deepEqual(broken, []);
});

Deno.test("the documentation's index leads to every page of docs/", () => {
  const reached = new Set(["docs/README.md"]);
  for (const page of reached) {
    for (const { path } of linksOf(page)) {
      const target = path.endsWith("/") ? `${path}README.md` : path;
      if (pages.has(target)) reached.add(target);
    }
  }
  const missing = [...pages.keys()].filter((path) => path.startsWith("docs/") && !reached.has(path));
  assert.deepEqual(missing, []);
});
