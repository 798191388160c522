/**
 * Checks that the packages of the agent and of the notebook page are separate, and that shared ones have the same
 * version.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import agent from "../deno.json" with { type: "json" };
import page from "../web/deno.json" with { type: "json" };

const root = fileURLToPath(new URL("../", import.meta.url));

type Imports = Record<string, string>;
const agentImports: Imports = agent.imports;
const pageImports: Imports = page.imports;

/**
 * The files that Deno reads when it installs, and the command's source. Deno might take `web/deno.json` for a workspace
 * member.
 */
const INSTALLED = ["deno.json", "deno.lock", "web/deno.json", "web/deno.lock", "mod.ts", "bin", "src"];

/** Packages that `web/deno.json` names and that the agent's own packages depend on. */
const BROUGHT_ALONG = ["@lezer/highlight", "ws"];

/** Returns a locked version without the optional peer `ws`, which only the page's server installs. */
const withoutSockets = (version?: string) => version?.replace(/_ws@[^_]+/, "");

async function readLock(path: string): Promise<{ specifiers: Imports }> {
  return JSON.parse(await Deno.readTextFile(join(root, path)));
}

Deno.test("the command installs none of the notebook page's packages", async () => {
  const clone = await Deno.makeTempDir({ prefix: "packages-" });
  try {
    for (const path of INSTALLED) await cp(join(root, path), join(clone, path), { recursive: true });
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "bin/aipython.ts", "--help"],
      cwd: clone,
      stdin: "null",
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.match(new TextDecoder().decode(stdout), /^aipython|Usage/);

    // `.deno` has all packages as `@scope+name@1.2.3`. The folders beside it are the packages that deno.json names.
    const folders = await readdir(join(clone, "node_modules/.deno"));
    const installed = new Set(folders.map((name) => name.replace(/(?<=.)@.*/, "")));
    const isInstalled = (name: string) => installed.has(name.replace("/", "+"));
    assert.ok(isInstalled("@livestore/livestore"), "the agent's own packages are there");
    const others = Object.keys(pageImports).filter((name) => agentImports[name] === undefined);
    assert.ok(others.length > BROUGHT_ALONG.length);
    assert.deepEqual(others.filter(isInstalled), BROUGHT_ALONG);
    assert.ok(!(await readdir(join(clone, "web"))).includes("node_modules"));
  } finally {
    await Deno.remove(clone, { recursive: true });
  }
});

Deno.test("a package that both deno.json files name has the same version in both locks", async () => {
  const [agentLock, pageLock] = await Promise.all([readLock("deno.lock"), readLock("web/deno.lock")]);
  const shared = Object.keys(pageImports).filter((name) => agentImports[name] !== undefined);
  assert.ok(shared.includes("@livestore/livestore"));
  for (const name of shared) {
    assert.equal(pageImports[name], agentImports[name], `web/deno.json and deno.json differ in ${name}`);
    const specifier = agentImports[name];
    const resolved = withoutSockets(pageLock.specifiers[specifier]);
    assert.equal(resolved, agentLock.specifiers[specifier], `the locks differ in ${specifier}`);
  }
});

Deno.test("both deno.json files have the same compiler, lint and format rules and the same minimum package age", () => {
  const { jsx, jsxImportSource, ...compilerOptions } = page.compilerOptions;
  assert.deepEqual([jsx, jsxImportSource], ["react-jsx", "react"]);
  assert.deepEqual(compilerOptions, agent.compilerOptions);
  assert.deepEqual(page.lint, agent.lint);
  assert.equal(page.fmt.lineWidth, agent.fmt.lineWidth);
  assert.equal(page.minimumDependencyAge, agent.minimumDependencyAge);
});

/** Reads the source of every module outside `web/`, by its path. */
async function readModules(): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const folder of ["bin", "src", "stack", "deploy", "licences", "prose", "bench", "eval", "soak", "test"]) {
    for (const path of await readdir(join(root, folder), { recursive: true })) {
      if (path.endsWith(".ts")) modules.set(join(folder, path), await Deno.readTextFile(join(root, folder, path)));
    }
  }
  return modules;
}

Deno.test("no module outside web/ imports from web/", async () => {
  const importsWeb = /\b(?:from|import)[ (]"(?:\.\.\/)+web\/[^"]+\.tsx?"/;
  const modules = [...await readModules()];
  assert.deepEqual(modules.filter(([, source]) => importsWeb.test(source)).map(([path]) => path), []);
});

Deno.test("each package in deno.json is used outside web/", async () => {
  const sources = [...(await readModules()).values()].join("\n");
  const isNamed = (name: string) => sources.includes(`"${name}"`) || sources.includes(`"${name}/`);
  assert.deepEqual(Object.keys(agentImports).filter((name) => !isNamed(name)), []);
});
