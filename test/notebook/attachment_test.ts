/**
 * Attachments that end because of a fault of this program write it into the notebook, so that it does not show a runtime that serves
 * nothing.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../src/async/clock.ts";
import { Attachment } from "../../src/notebook/attachment.ts";
import type { AttachmentOptions } from "../../src/notebook/attachment_options.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attachmentOptions } from "../support/attachment_options.ts";
import { openClient } from "../support/notebook_client.ts";

const never = new AbortController().signal;

/** The ends of a notebook's sessions, as its server has them now. */
async function endsOf({ syncUrl, authToken, notebookId }: AttachmentOptions): Promise<(string | null)[]> {
  await using client = await openClient({ syncUrl, authToken, notebookId });
  return client.store.query(tables.runtimeSessions).map(({ terminatedReason }) => terminatedReason);
}

Deno.test("an attachment that fails by itself has ended its session", async (t) => {
  await using server = await startSyncServer();

  await t.step("when its start rejects, in the middle of announcing it", async () => {
    const renewals = 15_000;
    let isBroken = true;
    const clock: Clock = {
      ...systemClock,
      setTimer(callback, delayMs) {
        if (delayMs !== renewals || !isBroken) return systemClock.setTimer(callback, delayMs);
        // A push that is not answered has a timer of the same length.
        isBroken = false;
        throw new TypeError("no timer for renewals");
      },
    };
    const options = attachmentOptions(server, clock);
    await assert.rejects(Attachment.start(options, never), /no timer for renewals/);
    assert.deepEqual(await endsOf(options), ["error"]);
  });

  await t.step("when its start rejects, with the session announced", async () => {
    const options = {
      ...attachmentOptions(server),
      get stopOnError(): boolean {
        throw new TypeError("no choice of stopping");
      },
    };
    await assert.rejects(Attachment.start(options, never), /no choice of stopping/);
    assert.deepEqual(await endsOf(options), ["error"]);
  });

  await t.step("when it stops serving later", async () => {
    let isBroken = false;
    const clock: Clock = {
      ...systemClock,
      date() {
        if (isBroken) throw new TypeError("no date");
        return systemClock.date();
      },
    };
    const options = attachmentOptions(server, clock);
    const attachment = await Attachment.start(options, never);
    isBroken = true;
    await using person = await openClient(options);
    const request = person.run(person.addCell("1"));
    await assert.rejects(attachment.ended, /no date/);
    assert.deepEqual(await endsOf(options), ["error"]);
    assert.equal(person.request(request).status, "assigned", "the next runtime takes it up");
  });
});
