/**
 * The line of `SECURITY.md` that installs an agent with only the permissions for attaching.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readInstallLine } from "../../support/install_line.ts";
import { permissionSets } from "./clone.ts";
import { jobs } from "./jobs.ts";
import { permissionFlags } from "./permission_flags.ts";
import { openWorkshop } from "./workshop.ts";

const page = await Deno.readTextFile(new URL("../../../SECURITY.md", import.meta.url));

Deno.test("the install line of SECURITY.md has the permissions of attach, limited to two hosts", async () => {
  const { permissions, words } = await readInstallLine(page, { HOME: "/home/person" });
  const { env } = permissionSets.attach;
  const net = ["app.runt.run", "api.openai.com"];
  const read = [".env", "/home/person/.cache/deno"];
  assert.deepEqual(permissions.toSorted(), permissionFlags({ net, env, read }));
  assert.ok(words.includes("--no-prompt"));
});

Deno.test("the install line of SECURITY.md lets the agent attach and run a cell with a picture", async () => {
  await using workshop = await openWorkshop({});
  const place = await workshop.place("");
  // The line is for an installed program with its packages in the cache, and for servers on other machines.
  const { permissions } = await readInstallLine(page, { HOME: place.elsewhere });
  const here = permissions.map((flag) =>
    flag.replace("app.runt.run,api.openai.com", "127.0.0.1")
      .replace(`${place.elsewhere}/.cache/deno`, `${place.folder}/node_modules`)
  );
  const program = place.command().at(-1)!;
  const command = (...args: string[]) => ["run", "--quiet", "--no-prompt", ...here, program, ...args];
  await jobs.attach.whole({ ...place, command });
});
