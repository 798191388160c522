/**
 * An Outbox on a manual clock, and its batches.
 *
 * @module
 */

import { type BeginText, Outbox } from "../../../src/notebook/output/outbox.ts";
import type { StreamName } from "../../../src/execution/execution_context.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { GatedTarget } from "./gated_target.ts";

export const marker = (id: string) => events.debug({ id });
/** Returns a function that begins an event whose id is the stream and the text. */
const textEvent = (stream: StreamName): BeginText => () => (text) => marker(`${stream}: ${text}`);

/** Returns an outbox on a clock that stands still until the test moves it. */
export function setUp() {
  const target = new GatedTarget();
  const controller = new AbortController();
  const clock = new ManualClock();
  const outbox = new Outbox(target, clock, controller.signal);
  const write = (text: string, stream: StreamName = "stdout") => outbox.addText(stream, text, textEvent(stream));
  /** Returns the batches so far, each as the ids of its events. */
  const batches = () => target.batches.map((batch) => batch.map(({ args }) => (args as { id: string }).id));
  return { target, controller, clock, outbox, write, batches };
}

/** Waits until everything has run that waits for neither a timer nor the target. */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
