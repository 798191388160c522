/**
 * Tests that the agent does not read a `.env` file. The command reads it, and Deno or Node reads it for a program.
 *
 * @module
 */

import assert from "node:assert/strict";

const config = new URL("../../deno.json", import.meta.url).pathname;
const agent = new URL("../../mod.ts", import.meta.url).href;

/** A program that prints the id of its agent's notebook, or the error message. */
const program = `
import { AIPythonAgent } from ${JSON.stringify(agent)};
try {
  console.log(new AIPythonAgent({ authToken: "t", apiKey: "k" }).settings.notebookId);
} catch (error) {
  console.log(error.message);
}
`;

async function printed(cwd: string, ...flags: string[]): Promise<string> {
  const args = ["run", "-A", "--no-check", "--config", config, ...flags, "program.ts"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd, clearEnv: true, env: { HOME: cwd } })
    .output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("an agent reads no .env file, and Deno's --env-file sets its variables", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/.env`, "NOTEBOOK_ID=from-file\n");
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    assert.match(await printed(folder), /^missing notebook id: /);
    assert.equal(await printed(folder, "--env-file"), "from-file");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
