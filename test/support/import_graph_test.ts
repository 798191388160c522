import assert from "node:assert/strict";
import { findCircle, readImports, Rooms } from "./import_graph.ts";

const wrong = new Map([
  ["main.ts", ["store/rows.ts"]],
  ["store/rows.ts", ["cell/view.tsx", "api/api.ts"]],
  ["cell/view.tsx", ["cell/prompt.tsx", "cell/parts/icon.ts"]],
  ["cell/prompt.tsx", ["cell/tools.tsx"]],
  ["cell/tools.tsx", ["cell/view.tsx", "main.ts"]],
  ["cell/parts/icon.ts", ["cell/prompt.tsx", "../outside.ts"]],
  ["api/api.ts", ["types.ts"]],
  ["types.ts", ["api/api.ts"]],
  ["attic/box.ts", []],
]);

Deno.test("Rooms.unlistedFiles() returns the files whose folder is not listed", () => {
  const rooms = new Rooms(["main.ts", "cell", "cell/parts", "store", "api", "types.ts"]);
  assert.deepEqual(rooms.unlistedFiles(wrong), ["attic/box.ts"]);
});

Deno.test("Rooms.upwardImports() returns upward imports, except those between a folder and its subfolders", () => {
  const rooms = new Rooms(["main.ts", "cell", "cell/parts", "store", "api", "types.ts", "attic"]);
  assert.deepEqual(rooms.upwardImports(wrong), [
    "store/rows.ts imports cell/view.tsx",
    "cell/tools.tsx imports main.ts",
    "types.ts imports api/api.ts",
  ]);
});

Deno.test("findCircle() describes an import cycle", () => {
  const circle = new Map(wrong);
  for (const file of ["main.ts", "store/rows.ts"]) circle.delete(file);
  assert.equal(
    findCircle(circle),
    "cell/view.tsx imports cell/prompt.tsx imports cell/tools.tsx imports cell/view.tsx",
  );
  assert.equal(findCircle(new Map([["a.ts", ["b.ts", "c.ts"]], ["b.ts", ["c.ts"]], ["c.ts", []]])), undefined);
});

Deno.test("readImports() reads imports of values and types, re-exports and dynamic imports", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/deep`);
    await Deno.writeTextFile(
      `${folder}/deep/a.tsx`,
      `import type { A } from "../b.ts";\nexport * from "./c.ts";\nconst d = await import("../../d.ts");\nimport e from "e";\n`,
    );
    await Deno.writeTextFile(`${folder}/b.ts`, "");
    assert.deepEqual(
      await readImports(new URL(`file://${folder}/`)),
      new Map([["b.ts", []], ["deep/a.tsx", ["b.ts", "deep/c.ts", "../d.ts"]]]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
