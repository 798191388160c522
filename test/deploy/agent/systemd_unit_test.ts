/**
 * Checks the systemd unit: systemd accepts it, its exit codes are the command's, and its command serves a notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodes } from "../../../src/cli/exit_code.ts";
import { serveOneCell } from "./serve_one_cell.ts";
import { environmentOf, expand, readSection, unitFile } from "./systemd_unit.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const text = await Deno.readTextFile(unitFile);
const service = readSection(text, "Service");

async function analyze(...args: string[]): Promise<{ code: number; written: string }> {
  const { code, stdout, stderr } = await new Deno.Command("systemd-analyze", { args, env: { SYSTEMD_COLORS: "0" } })
    .output();
  return { code, written: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

const hasSystemd = await analyze("--version").then(() => true, () => false);

/** Verifies a unit under an instance's name and with an existing program. */
async function verify(unit: string): Promise<{ code: number; written: string }> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "aipython@my-notebook.service");
    await Deno.writeTextFile(path, unit.replace("/usr/local/bin/deno", Deno.execPath()));
    return await analyze("verify", "--man=no", path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "systemd-analyze verify accepts the unit and reports an unknown setting",
  ignore: !hasSystemd,
  async fn() {
    const { code, written } = await verify(text);
    // The machine's other units are verified, too.
    assert.deepEqual([code, written.split("\n").filter((line) => line.includes("aipython"))], [0, []]);
    assert.match(
      (await verify(text.replace("RestartSec=", "RestartSecond="))).written,
      /Unknown key (?:name )?'RestartSecond'/,
    );
  },
});

Deno.test({
  name: "systemd-analyze security rates the unit's exposure as low",
  ignore: !hasSystemd,
  async fn() {
    const { code, written } = await analyze("security", "--offline=yes", "--threshold=15", unitFile);
    assert.equal(code, 0, written);
  },
});

Deno.test("the unit does not restart after permanent failures, and treats signals as success", () => {
  const [final, asked] = [service.RestartPreventExitStatus, service.SuccessExitStatus].map(([codes]) =>
    codes.split(" ").map(Number)
  );
  assert.deepEqual(final, [2, 3, 4]);
  assert.deepEqual(asked, exitCodes.filter(({ signal }) => signal && signal !== "SIGPIPE").map(({ code }) => code));
  assert.deepEqual([service.Restart, service.KillSignal], [["on-failure"], ["SIGTERM"]]);
});

Deno.test("the unit's command serves a notebook with the secrets from its credential file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const code = await serveOneCell(service.KillSignal[0] as Deno.Signal, async (variables) => {
      const { AUTH_TOKEN, OPENAI_API_KEY, NOTEBOOK_ID, ...others } = variables;
      const specifiers = { i: NOTEBOOK_ID, d: folder, C: folder };
      assert.deepEqual(service.LoadCredential, ["secrets.env:/etc/aipython/secrets.env"]);
      await Deno.writeTextFile(
        join(folder, "secrets.env"),
        `AUTH_TOKEN=${AUTH_TOKEN}\nOPENAI_API_KEY=${OPENAI_API_KEY}\n`,
      );
      const here = (line: string) =>
        line.replace("/usr/local/bin/deno", Deno.execPath()).replaceAll("/opt/aipython/", repository);
      return {
        words: here(expand(service.ExecStart[0], specifiers)).split(/ +/),
        folder: here(`${service.WorkingDirectory[0]}/`),
        // The variables in /etc/aipython/agent.conf, and the unit's own.
        environment: { ...others, ...environmentOf(service, specifiers) },
      };
    });
    assert.equal(code, 143);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
