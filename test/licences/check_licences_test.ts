import assert from "node:assert/strict";
import { checkLicences } from "../../licences/check_licences.ts";
import { type MadeUpPackage, makeUpProject } from "./made_up_project.ts";

const linux = { os: "linux", cpu: "x64" };

/** Returns the problems that the check of the projects reports, one for each rejected package. */
async function problemsOf(...projects: Record<string, MadeUpPackage>[]): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const folders: string[] = [];
  for (const packages of projects) folders.push(stack.use(await makeUpProject(packages)).folder);
  const { problems } = await checkLicences(folders, linux);
  return [...problems.matchAll(/^licences: (.*)\.$/gm)].map(([, problem]) => problem);
}

const licensed = (license: unknown): MadeUpPackage => ({ description: { license } });

Deno.test("checkLicences() lists each package once, sorted by licence, with its versions", async () => {
  await using agent = await makeUpProject({
    "spoon@2.0.0": licensed("MIT"),
    "egg@1.0.0_salt@1.0.0": licensed("MIT"),
    "@kitchen/pan@1.2.3": licensed("ISC"),
    "oven-windows@1.0.0": { os: ["win32"] },
  });
  await using page = await makeUpProject({ "egg@1.0.0": licensed("MIT"), "egg@0.9.0": licensed("MIT") });
  assert.deepEqual(await checkLicences([agent.folder, page.folder], linux), {
    report: [
      "ISC (1)\n  @kitchen/pan 1.2.3\n",
      "MIT (3)\n  egg 0.9.0\n  egg 1.0.0\n  spoon 2.0.0\n",
      "installed on other platforms only, and checked there (1)\n  oven-windows 1.0.0\n",
    ].join("\n"),
    problems: "",
  });
});

Deno.test("permissive licences and MPL-2.0 are allowed", async () => {
  const names = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "CC0-1.0", "OFL-1.1", "MPL-2.0"];
  assert.deepEqual(await problemsOf(Object.fromEntries(names.map((name, i) => [`p${i}@1.0.0`, licensed(name)]))), []);
});

Deno.test("a licence that is not on the list is a problem, reported with a solution", async () => {
  assert.deepEqual(await problemsOf({ "a@1.0.0": licensed("GPL-3.0-only"), "b@2.0.0": licensed("MIT") }), [
    "a 1.0.0 is under GPL-3.0-only, which is not allowed",
  ]);
  await using project = await makeUpProject({ "a@1.0.0": licensed("AGPL-3.0-or-later") });
  assert.match((await checkLicences([project.folder], linux)).problems, /\nUse another package; or, .*policy\.ts\.\n$/);
});

Deno.test("every rejected package of every project is reported", async () => {
  const both = await problemsOf({ "b@1.0.0": licensed("BUSL-1.1"), "a@1.0.0": licensed("SSPL-1.0") }, {
    "c@1.0.0": licensed("CC-BY-NC-4.0"),
  });
  assert.deepEqual(both.map((problem) => problem.slice(0, 1)), ["a", "b", "c"]);
});

Deno.test("a package without a licence is a problem", async () => {
  assert.deepEqual(await problemsOf({ "a@1.0.0": { description: {} }, "b@1.0.0": licensed("") }), [
    "a 1.0.0 states no licence",
    "b 1.0.0 states no licence",
  ]);
});

Deno.test("an exception for a package without a licence applies to one version only", async () => {
  assert.deepEqual(
    await problemsOf({
      "@livestore/webmesh@0.3.1": { description: {} },
      "@livestore/webmesh@0.4.0": { description: {} },
    }),
    ["@livestore/webmesh 0.4.0 states no licence"],
  );
});

Deno.test("a text that is not an SPDX expression is a problem", async () => {
  for (const text of ["SEE LICENSE IN EULA.txt", "UNLICENSED", "Apache 2.0", "MIT/X11", "MIT OR", "LicenseRef-Ours"]) {
    const [problem] = await problemsOf({ "a@1.0.0": licensed(text) });
    assert.match(problem ?? "", /^a 1\.0\.0 (states its licence as "|is under LicenseRef-Ours, which)/, text);
  }
});

const expressions: [string, boolean][] = [
  ["MIT OR Apache-2.0", true],
  ["(MIT AND Zlib)", true],
  ["(MPL-2.0 OR GPL-3.0-only)", true],
  ["GPL-2.0-only OR (MIT AND ISC)", true],
  ["MIT AND GPL-3.0-only", false],
  ["GPL-2.0-only OR AGPL-3.0-only", false],
  ["GPL-3.0-only OR MIT AND AGPL-3.0-only", false],
  ["(MIT OR GPL-3.0-only) AND AGPL-3.0-only", false],
  ["Apache-2.0 WITH LLVM-exception", true],
  ["GPL-2.0-only WITH Classpath-exception-2.0", false],
];

for (const [expression, isAllowed] of expressions) {
  Deno.test(`${expression} is ${isAllowed ? "" : "not "}allowed`, async () => {
    const problems = await problemsOf({ "a@1.0.0": licensed(expression) });
    assert.deepEqual(problems, isAllowed ? [] : [`a 1.0.0 is under ${expression}, which is not allowed`]);
  });
}

Deno.test("npm's older forms of the field license are read", async () => {
  const old = (description: Record<string, unknown>): MadeUpPackage => ({ description });
  assert.deepEqual(
    await problemsOf({
      "a@1.0.0": old({ license: { type: "MIT", url: "http://localhost/" } }),
      "b@1.0.0": old({ licenses: [{ type: "GPL-2.0-only" }, { type: "MIT" }] }),
      "c@1.0.0": old({ licenses: [{ type: "GPL-2.0-only" }] }),
      "d@1.0.0": old({ licenses: "ISC" }),
    }),
    ["c 1.0.0 is under GPL-2.0-only, which is not allowed"],
  );
});

Deno.test("the LGPL is allowed only to the packages that were reviewed", async () => {
  assert.deepEqual(
    await problemsOf({
      "@img/sharp-libvips-linux-x64@1.0.0": licensed("LGPL-3.0-or-later"),
      "@img/sharp-libvips-linux-x64@2.0.0": licensed("GPL-3.0-or-later"),
      "images@1.0.0": licensed("LGPL-3.0-or-later"),
    }),
    [
      "@img/sharp-libvips-linux-x64 2.0.0 is under GPL-3.0-or-later, which is not allowed",
      "images 1.0.0 is under LGPL-3.0-or-later, which is not allowed",
    ],
  );
});

Deno.test("packages that only other platforms install are not checked, nor are their dependencies", async () => {
  const brought = { isAskedFor: false };
  assert.deepEqual(
    await problemsOf({
      "build@1.0.0": { ...licensed("MIT"), optionalDependencies: ["build-windows", "build-linux", "build-arm"] },
      "build-windows@1.0.0": { ...brought, os: ["win32"], dependencies: ["runtime@2.0.0", "shared"] },
      "build-arm@1.0.0": { ...brought, os: ["linux"], cpu: ["arm64"] },
      "build-linux@1.0.0": {
        ...brought,
        ...licensed("GPL-3.0-only"),
        os: ["linux"],
        cpu: ["x64"],
        dependencies: ["shared"],
      },
      "runtime@1.0.0": licensed("MIT"),
      "runtime@2.0.0": brought,
      "shared@1.0.0": { ...brought, ...licensed("SSPL-1.0") },
    }),
    [
      "build-linux 1.0.0 is under GPL-3.0-only, which is not allowed",
      "shared 1.0.0 is under SSPL-1.0, which is not allowed",
    ],
  );
});

Deno.test("a package that only one of the projects installs is checked", async () => {
  assert.deepEqual(
    await problemsOf(
      { "for-windows@1.0.0": { os: ["win32"], dependencies: ["a"] }, "a@1.0.0": { isAskedFor: false } },
      { "a@1.0.0": licensed("GPL-3.0-only") },
    ),
    ["a 1.0.0 is under GPL-3.0-only, which is not allowed"],
  );
});

Deno.test("a package that should be installed and is missing is a problem", async () => {
  assert.deepEqual(await problemsOf({ "a@1.0.0": {} }), ["a 1.0.0 is not installed: run deno install"]);
});

Deno.test("a module that does not come from npm is rejected", async () => {
  for (const part of [{ jsr: { "@kitchen/pan@1.0.0": {} } }, { remote: { "https://kitchen.example/pan.ts": "1a" } }]) {
    await using project = await makeUpProject({});
    await Deno.writeTextFile(`${project.folder}/deno.lock`, JSON.stringify({ version: "5", ...part }));
    await assert.rejects(checkLicences([project.folder], linux), /not from npm, so that no licence can be read: .*pan/);
  }
});

for (const [license, expected] of [["MIT", 0], ["GPL-3.0-only", 1]] as const) {
  Deno.test(`the command exits with ${expected} if a package is under ${license}`, async () => {
    await using project = await makeUpProject({ "egg@1.0.0": licensed(license) });
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-read", new URL("../../licences/main.ts", import.meta.url).href, project.folder],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    assert.equal(code, expected, decoder.decode(stderr));
    assert.equal(decoder.decode(stdout), `${license} (1)\n  egg 1.0.0\n`);
    assert.equal(decoder.decode(stderr).includes("egg 1.0.0"), expected === 1);
  });
}
