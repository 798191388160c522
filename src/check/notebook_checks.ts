/**
 * Judges the state of a notebook.
 *
 * @module
 */

import { type CheckResult, ok, warn } from "./check_result.ts";
import type { NotebookLook, SeenSession } from "./notebook_look.ts";

/** The time without a renewal after which the web app calls a runtime disconnected, in milliseconds; from the notebook contract. */
const GONE_AFTER_MS = 45_000;

/** Judges the notebook. A server accepts any id, so the id of an empty notebook may be mistyped. */
export function judgeNotebook({ title, cells, events }: NotebookLook, quote: (text: string) => string): CheckResult {
  const details = { title: title === undefined ? null : quote(title), cells, events };
  if (cells === 0) {
    const remedy =
      "The server accepts any id: compare --notebook (NOTEBOOK_ID) with the address of the notebook's page";
    return warn("notebook", events === 0 ? "it is empty, or does not exist" : "it has no cells", remedy, details);
  }
  const named = title === undefined ? "it" : `"${quote(title)}"`;
  return ok("notebook", `${named} has ${cells} ${cells === 1 ? "cell" : "cells"}`, details);
}

/** Judges whether a runtime serves the notebook. Attaching would displace it. */
export function judgeRuntime({ sessions, seenAt }: NotebookLook, quote: (text: string) => string): CheckResult {
  const live = sessions.filter((session) => isLive(session, seenAt));
  const details = {
    live: live.length > 0,
    sessions: sessions.map((session) => ({
      runtimeId: quote(session.runtimeId),
      runtimeType: quote(session.runtimeType),
      startedAt: session.startedAt?.toISOString() ?? null,
      renewedAt: session.renewedAt?.toISOString() ?? null,
      live: live.includes(session),
    })),
  };
  const describe = (session: SeenSession) => describeSession(session, seenAt, quote);
  if (live.length > 0) {
    const remedy = "Attaching to the notebook would displace it; this check did not";
    return warn("runtime", `attached: ${live.map(describe).join("; ")}`, remedy, details);
  }
  if (sessions.length === 0) return ok("runtime", "none is attached", details);
  return ok(
    "runtime",
    `none is attached now; not closed properly: ${sessions.map(describe).join("; ")}`,
    details,
  );
}

/** Whether a session was started or renewed recently. */
function isLive({ startedAt, renewedAt = startedAt }: SeenSession, now: Date): boolean {
  return renewedAt !== undefined && now.getTime() - renewedAt.getTime() <= GONE_AFTER_MS;
}

/** Writes the runtime, its start and its last renewal. */
function describeSession(
  { runtimeId, runtimeType, startedAt, renewedAt }: SeenSession,
  now: Date,
  quote: (text: string) => string,
) {
  const since = startedAt === undefined ? "" : ` since ${startedAt.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const heard = renewedAt === undefined ? "" : `, last heard from ${duration(now.getTime() - renewedAt.getTime())} ago`;
  return `${quote(runtimeId)} (${quote(runtimeType)})${since}${heard}`;
}

/** Writes a duration in its largest unit. Clocks differ, so it may be slightly negative. */
function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
