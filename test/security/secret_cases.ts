/**
 * The secrets, log settings and servers of the tests of secrets.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ProcessResult } from "../cli/command_process.ts";
import type { Answering } from "./echo_servers.ts";
import { findSecrets } from "./secret_forms.ts";

/** Long ones whose characters every encoding writes in its own way, and short ones that look like nothing. */
export const pairs = [
  { token: `t0k3n/"&+%-hush-9f8e7d`, key: `k3y/"&+%'-hush-7c6d5e` },
  { token: "tk9!", key: "ky7!" },
];
export const [{ token, key }] = pairs;

/** Every level in one format, and the most talkative one in the other. */
export const loggings = [
  ...["debug", "info", "warn", "error"].map((level) => ["--log-level", level, "--log-format", "text"]),
  ["--log-level", "debug", "--log-format", "json"],
];

let turns = 0;

/** Every level and format in turn, of which `debug` says the most: it comes every other time. */
export function logging(): string[] {
  const turn = turns++;
  return loggings[turn % 2 === 0 ? (turn / 2) % 2 * 4 : 1 + ((turn - 1) / 2) % 3];
}

/** The answers of a model server, by name. */
export const modelAnswers: Record<string, Answering> = {
  "refuses the key": (_, echo) => Response.json({ error: { message: `bad key ${echo}`, code: echo } }, { status: 401 }),
  "forbids": (_, echo) => Response.json({ error: { message: `not for ${echo}` } }, { status: 403 }),
  "knows nothing": (_, echo) => Response.json({ error: echo }, { status: 404 }),
  "rejects": (_, echo) => Response.json({ error: { message: echo, param: echo } }, { status: 400 }),
  "shows a page": (_, echo) => new Response(`<html><title>${echo}</title>${echo}</html>`, { status: 400 }),
  "shows a good page": (_, echo) => new Response(`<html><title>${echo}</title>${echo}</html>`),
  "says something in JSON": (_, echo) => Response.json({ error: { message: echo } }),
  "redirects": (_, echo) =>
    new Response(null, { status: 307, headers: { location: `http://other.localhost/?${encodeURIComponent(echo)}` } }),
  "breaks off": (_, echo) =>
    new Response(`data: ${JSON.stringify({ error: { message: echo, type: "invalid_request" } })}\n\n`, {
      headers: { "content-type": "text/event-stream", "x-request-id": echo },
    }),
  "sends garbage": (_, echo) =>
    new Response(`data: {${echo}\n\n`, { headers: { "content-type": "text/event-stream" } }),
};

/** The servers that are enough to check short secrets, and the output of `check`. */
export const enough = new Set(["rejects", "breaks off", "refuses the socket"]);

/** Checks that no secret is in a written text. */
export function assertClean(what: string, written: string, secrets: readonly string[]): void {
  assert.deepEqual(findSecrets(written, secrets), [], what);
}

export const writtenBy = ({ stdout, stderr }: ProcessResult) => `${stdout}\n${stderr}`;
