/**
 * Runs the scripts of `deploy/cloudflare` in tests.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** Runs a script to its end. */
export async function runDeployScript(
  name: "main.ts" | "token.ts",
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = fileURLToPath(new URL(`../../deploy/cloudflare/${name}`, import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", script, ...args],
    env: { NO_COLOR: "1", CI: "true" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}
