import assert from "node:assert/strict";
import { type LogCosts, monthOf, type Usage } from "../../../deploy/cost/bill.ts";

const idle: Usage = {
  notebooks: 1_000,
  attachments: 1,
  attachedHours: 720,
  cells: 0,
  streamedSeconds: 0,
  figures: 0,
  artifacts: 0,
  openings: 0,
};

const costs: LogCosts = {
  cell: { events: 10, bytes: 2_000 },
  streamedSecond: { events: 10, bytes: 3_000 },
  figure: { events: 1, bytes: 20_000 },
  renewal: { events: 1, bytes: 200 },
  attachment: { events: 0, bytes: 0 },
};

/** Rounds dollars to cents. */
const cents = (dollars: number) => Math.round(dollars * 100) / 100;

Deno.test("monthOf() bills only renewals if agents are attached and no cell runs", () => {
  const { log, renewals, amounts, dollars, eventsPerSecond, daysUntilFull, databases } = monthOf(idle, costs);
  // 720 hours with four renewals a minute.
  assert.deepEqual(log, { events: 172_800, bytes: 34_560_000 });
  assert.deepEqual(renewals, log);
  assert.equal(amounts.rowsWritten, 172_800_000);
  assert.equal(cents(dollars.rowsWritten), 122.8);
  assert.equal(cents(dollars.eventGigabytes), cents((34.56 - 5) * 0.75));
  // 172.8 million frames and a thousand sockets. Twenty frames or one socket are a request.
  assert.equal(cents(dollars.roomRequests), cents((8.641 - 1) * 0.15));
  assert.equal(dollars.artifactsWritten, 0);
  assert.equal(cents(eventsPerSecond), 66.67);
  assert.equal(cents(daysUntilFull), cents(30 * 10 / 34.56));
  assert.deepEqual(databases, { byWrites: 1, byGrowth: 4 });
});

Deno.test("monthOf() adds cells, their streamed output and their artifacts to the log and to the bill", () => {
  const busy: Usage = { ...idle, attachedHours: 1, cells: 100, streamedSeconds: 2, artifacts: 20_000, openings: 10 };
  const { log, amounts, dollars } = monthOf(busy, costs);
  assert.equal(log.events, 240 + 100 * 10 + 100 * 2 * 10);
  assert.equal(log.bytes, 240 * 200 + 100 * 2_000 + 100 * 2 * 3_000);
  assert.equal(amounts.rowsRead, 1_000 * 11 * (3_240 / 2 + 2));
  assert.equal(cents(dollars.artifactsWritten), cents((20 - 1) * 4.5));
  assert.equal(cents(dollars.artifactsRead), cents((100 - 10) * 0.36));
  assert.equal(cents(dollars.artifactGigabytes), cents((8_000 - 10) * 0.015));
});

Deno.test("monthOf() counts figures in the log, but bills no artifacts for them", () => {
  const { log, amounts } = monthOf({ ...idle, attachedHours: 1, figures: 60 }, costs);
  assert.deepEqual(log, { events: 240 + 60, bytes: 240 * 200 + 60 * 20_000 });
  assert.deepEqual([amounts.artifactsWritten, amounts.artifactsRead, amounts.artifactGigabytes], [0, 0, 0]);
});

Deno.test("monthOf() bills only the subscription for usage that it includes", () => {
  const { dollars } = monthOf({ ...idle, notebooks: 1 }, costs);
  assert.equal(dollars.total, dollars.subscription);
});
