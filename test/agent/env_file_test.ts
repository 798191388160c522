/**
 * A `.env` file is read by the command, and in a program by Deno or node, but not by the agent.
 *
 * @module
 */

import assert from "node:assert/strict";

const config = new URL("../../deno.json", import.meta.url).pathname;
const agent = new URL("../../mod.ts", import.meta.url).href;

/** A program that prints which notebook its agent is for, or what is missing. */
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

Deno.test("an agent reads no .env file, and Deno reads one for it", async () => {
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
