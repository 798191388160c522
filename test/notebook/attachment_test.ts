/**
 * Tests that an attachment which fails because of an internal error ends its session, so that the notebook does not show a dead runtime.
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

/** Returns the reasons with which a notebook's sessions ended, as its server has them now. */
async function endsOf({ syncUrl, authToken, notebookId }: AttachmentOptions): Promise<(string | null)[]> {
  await using client = await openClient({ syncUrl, authToken, notebookId });
  return client.store.query(tables.runtimeSessions).map(({ terminatedReason }) => terminatedReason);
}

Deno.test("an attachment that fails ends its session with the reason error", async (t) => {
  await using server = await startSyncServer();

  await t.step("the attachment fails while its session is announced", async () => {
    const renewals = 15_000;
    let isBroken = true;
    const clock: Clock = {
      ...systemClock,
      setTimer(callback, delayMs) {
        if (delayMs !== renewals || !isBroken) return systemClock.setTimer(callback, delayMs);
        // The timer of an unanswered push has the same delay.
        isBroken = false;
        throw new TypeError("no timer for renewals");
      },
    };
    const options = attachmentOptions(server, clock);
    await assert.rejects(Attachment.start(options, never), /no timer for renewals/);
    assert.deepEqual(await endsOf(options), ["error"]);
  });

  await t.step("the attachment fails after its session is announced", async () => {
    const options = {
      ...attachmentOptions(server),
      get stopOnError(): boolean {
        throw new TypeError("no choice of stopping");
      },
    };
    await assert.rejects(Attachment.start(options, never), /no choice of stopping/);
    assert.deepEqual(await endsOf(options), ["error"]);
  });

  await t.step("the attachment fails while it serves", async () => {
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
    assert.equal(person.request(request).status, "assigned", "the request is left to the next runtime");
  });
});
