/**
 * An evaluation that costs more than a dollar asks for consent on a terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { answer, result } from "../support/scripted_answer.ts";
import { keys, openPseudoTerminal, type PseudoTerminal } from "../support/pseudo_terminal.ts";
import { type ScriptedModelServer, startScriptedModel } from "../support/scripted_model_server.ts";
import { temporaryFolder } from "./eval_process.ts";

const row = JSON.stringify({ code: "def f(x):\n    return x", input: "1", output: "1", id: "one" });

/** Starts the command in a terminal, at a price that makes one request cost more than a dollar. */
function startInTerminal(server: ScriptedModelServer, folder: string): PseudoTerminal {
  const main = fileURLToPath(new URL("../../eval/main.ts", import.meta.url));
  const args = ["rows.jsonl", "--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json"];
  const names = ["HOME", "DENO_DIR", "PATH"];
  return openPseudoTerminal([Deno.execPath(), "run", "--quiet", "-A", main, ...args, "--price", "1000,1000"], {
    env: Object.fromEntries(names.flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : [])),
    cwd: folder,
  });
}

const cases: [typed: string, requests: number, code: number][] = [
  [`y${keys.enter}`, 1, 0],
  [keys.enter, 0, 1],
  [`no${keys.enter}`, 0, 1],
  [keys.ctrl("d"), 0, 1],
  [keys.ctrl("c"), 0, 130],
];

for (const [typed, requests, code] of cases) {
  Deno.test(`the cost prompt, answered with ${JSON.stringify(typed)}, sends ${requests === 0 ? "no request" : "one request"} and ends with exit code ${code}`, async () => {
    await using folder = await temporaryFolder();
    await Deno.writeTextFile(`${folder.path}/rows.jsonl`, row);
    await using server = await startScriptedModel(() => answer(result("1")));
    await using terminal = startInTerminal(server, folder.path);
    await terminal.until(/About 1 request, .*, \$\d+\.\d\d if .*\. That is more than \$1\.00\.\s+Spend it\? \[y\/N\] /);
    assert.equal(server.requests.length, 0);
    await terminal.type(typed);
    assert.equal(await terminal.exitCode(), code, terminal.text);
    assert.equal(server.requests.length, requests);
    if (code === 1) assert.match(terminal.text, /Nothing was asked\./);
  });
}
