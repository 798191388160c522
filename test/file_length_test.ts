import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

/** The folders of the repository that contain TypeScript. */
const FOLDERS = ["bench", "bin", "deploy", "docs", "eval", "licences", "prose", "soak", "src", "stack", "test", "web"];

/**
 * The maximum length of a file, in lines. A longer file has more than one idea. CONTRIBUTING.md asks for 50 to 200
 * lines.
 */
const MAX_LINES = 250;

/** Returns the number of lines of a text, as `wc -l` counts them. */
const linesOf = (text: string) => text.split("\n").length - 1;

Deno.test(`no TypeScript file has more than ${MAX_LINES} lines`, async () => {
  const listed = execFileSync("git", ["ls-files", "-z", "--", ...FOLDERS], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => /\.tsx?$/.test(file));
  assert.ok(files.length > 500, "the files are listed");
  const long: string[] = [];
  for (const file of files) {
    const lines = linesOf(await Deno.readTextFile(new URL(file, root)));
    if (lines > MAX_LINES) {
      long.push(`${file} has ${lines} lines. Split it by idea into files of at most ${MAX_LINES}.`);
    }
  }
  assert.deepEqual(long, []);
});
