import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../soak/main.ts", import.meta.url));

async function soak(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", main, ...args],
    stdin: "null",
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("one round of the soak test ends without lost, doubled or stuck requests", async () => {
  const { code, stdout } = await soak("--rounds", "1", "--seed", "5");
  assert.match(stdout, /^\d+ requests in 1 rounds, \d+ faults \(.*\): 0 lost, 0 doubled, 0 stuck, 0 agents died\n$/);
  assert.equal(code, 0);
});

Deno.test("the soak command prints its usage and rejects an invalid number", async () => {
  assert.match((await soak("--help")).stdout, /^Usage: deno task soak/);
  const { code, stderr } = await soak("--minutes", "long");
  assert.deepEqual([code, stderr], [2, 'soak: --minutes must be a number, not "long"\nSee deno task soak --help.\n']);
});
