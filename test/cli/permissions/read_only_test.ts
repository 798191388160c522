/**
 * The commands in a read-only checkout, as in an image, with the permission sets that SECURITY.md lists.
 *
 * @module
 */

import assert from "node:assert/strict";
import { permissionSets } from "./clone.ts";
import { jobs } from "./jobs.ts";
import { isRoot, readOnly, whyNotReadOnly } from "./read_only.ts";
import { openWorkshop } from "./workshop.ts";

const reason = await whyNotReadOnly();

Deno.test({
  name: `every command does its job in a read-only checkout${reason === undefined ? "" : ` (ignored: ${reason})`}`,
  ignore: reason !== undefined,
  async fn(t) {
    await using workshop = await openWorkshop(permissionSets);
    const { folder, environment } = await workshop.place("");
    // If the tests do not run as root, this may be the machine's shared Deno cache, which must stay writable.
    await using sealed = await readOnly(isRoot ? [folder, environment.DENO_DIR] : [folder]);

    await t.step("the checkout cannot be written to", async () => {
      const { code, stderr } = await new Deno.Command(sealed.deno, {
        args: ["eval", `Deno.writeTextFileSync(${JSON.stringify(`${folder}/new`)}, "")`],
        stdin: "null",
      }).output();
      assert.equal(code, 1);
      assert.match(new TextDecoder().decode(stderr), /Read-only file system|Permission denied/);
    });

    for (const [set, { whole }] of Object.entries(jobs)) {
      await t.step(`aipython ${set} does its job`, async () => {
        await whole({ ...await workshop.place(set), deno: sealed.deno });
      });
    }

    await t.step("aipython attach does its job with an empty cache and without HOME", async () => {
      const empty = await Deno.makeTempDir();
      try {
        await using without = await readOnly([folder, empty]);
        const place = await workshop.place("attach");
        const { HOME: _home, ...rest } = place.environment;
        await jobs.attach.whole({ ...place, deno: without.deno, environment: { ...rest, DENO_DIR: empty } });
      } finally {
        await Deno.remove(empty, { recursive: true });
      }
    });
  },
});
