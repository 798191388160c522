/**
 * The packages of the agent and those of the notebook page: kept apart, and the same where both name one.
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

/** Everything that Deno looks at when it installs, and the command with its source. `web/deno.json` might be taken for a member. */
const INSTALLED = ["deno.json", "deno.lock", "web/deno.json", "web/deno.lock", "mod.ts", "bin", "src"];

/** The page names these for itself, and packages of the agent bring them along. */
const BROUGHT_ALONG = ["@lezer/highlight", "ws"];

/** A version as a lock has it, without the `ws` that the page's server brings, and that other packages may use if it is there. */
const withoutSockets = (version?: string) => version?.replace(/_ws@[^_]+/, "");

async function readLock(path: string): Promise<{ specifiers: Imports }> {
  return JSON.parse(await Deno.readTextFile(join(root, path)));
}

Deno.test("the command installs none of the page's packages", async () => {
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

    // `.deno` has all packages, `@scope+name@1.2.3`; beside it are those that deno.json names.
    const folders = await readdir(join(clone, "node_modules/.deno"));
    const installed = new Set(folders.map((name) => name.replace(/(?<=.)@.*/, "")));
    const isInstalled = (name: string) => installed.has(name.replace("/", "+"));
    assert.ok(isInstalled("@livestore/livestore"), "the agent's own packages are there");
    const strangers = Object.keys(pageImports).filter((name) => agentImports[name] === undefined);
    assert.ok(strangers.length > BROUGHT_ALONG.length);
    assert.deepEqual(strangers.filter(isInstalled), BROUGHT_ALONG);
    assert.ok(!(await readdir(join(clone, "web"))).includes("node_modules"));
  } finally {
    await Deno.remove(clone, { recursive: true });
  }
});

Deno.test("a package that both name has one version, in both locks too", async () => {
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

Deno.test("both are checked, linted and formatted by the same rules, and age their packages alike", () => {
  const { jsx, jsxImportSource, ...compilerOptions } = page.compilerOptions;
  assert.deepEqual([jsx, jsxImportSource], ["react-jsx", "react"]);
  assert.deepEqual(compilerOptions, agent.compilerOptions);
  assert.deepEqual(page.lint, agent.lint);
  assert.equal(page.fmt.lineWidth, agent.fmt.lineWidth);
  assert.equal(page.minimumDependencyAge, agent.minimumDependencyAge);
});

/** The source of every module outside `web/`, by its path. */
async function readModules(): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const folder of ["bin", "src", "stack", "deploy", "licences", "prose", "bench", "eval", "soak", "test"]) {
    for (const path of await readdir(join(root, folder), { recursive: true })) {
      if (path.endsWith(".ts")) modules.set(join(folder, path), await Deno.readTextFile(join(root, folder, path)));
    }
  }
  return modules;
}

Deno.test("nothing outside web/ imports from it", async () => {
  const importsWeb = /\b(?:from|import)[ (]"(?:\.\.\/)+web\/[^"]+\.tsx?"/;
  const modules = [...await readModules()];
  assert.deepEqual(modules.filter(([, source]) => importsWeb.test(source)).map(([path]) => path), []);
});

Deno.test("each package that deno.json names is named by something outside web/", async () => {
  const sources = [...(await readModules()).values()].join("\n");
  const isNamed = (name: string) => sources.includes(`"${name}"`) || sources.includes(`"${name}/`);
  assert.deepEqual(Object.keys(agentImports).filter((name) => !isNamed(name)), []);
});
