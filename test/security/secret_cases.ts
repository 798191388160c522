/**
 * The secrets, log settings and servers for tests that no secret is written.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ProcessResult } from "../cli/command_process.ts";
import type { Answering } from "./echo_servers.ts";
import { findSecrets } from "./secret_forms.ts";

/**
 * Long secrets with characters that every encoding represents differently, and short ones that resemble ordinary text.
 */
export const pairs = [
  { token: `t0k3n/"&+%-hush-9f8e7d`, key: `k3y/"&+%'-hush-7c6d5e` },
  { token: "tk9!", key: "ky7!" },
];
export const [{ token, key }] = pairs;

/** Every level in the text format, and the most detailed level in JSON. */
export const loggings = [
  ...["debug", "info", "warn", "error"].map((level) => ["--log-level", level, "--log-format", "text"]),
  ["--log-level", "debug", "--log-format", "json"],
];

let turns = 0;

/** Returns the log settings in turn. The level `debug`, which logs the most, is every other one. */
export function logging(): string[] {
  const turn = turns++;
  return loggings[turn % 2 === 0 ? (turn / 2) % 2 * 4 : 1 + ((turn - 1) / 2) % 3];
}

/** The answers of a model server, by what it does. */
export const modelAnswers: Record<string, Answering> = {
  "refuses the key": (_, echo) => Response.json({ error: { message: `bad key ${echo}`, code: echo } }, { status: 401 }),
  "forbids the request": (_, echo) => Response.json({ error: { message: `not for ${echo}` } }, { status: 403 }),
  "answers with status 404": (_, echo) => Response.json({ error: echo }, { status: 404 }),
  "rejects the request": (_, echo) => Response.json({ error: { message: echo, param: echo } }, { status: 400 }),
  "answers with an HTML error page": (_, echo) =>
    new Response(`<html><title>${echo}</title>${echo}</html>`, { status: 400 }),
  "answers with an HTML page": (_, echo) => new Response(`<html><title>${echo}</title>${echo}</html>`),
  "answers with an error in JSON": (_, echo) => Response.json({ error: { message: echo } }),
  "redirects": (_, echo) =>
    new Response(null, { status: 307, headers: { location: `http://other.localhost/?${encodeURIComponent(echo)}` } }),
  "sends an error in the stream": (_, echo) =>
    new Response(`data: ${JSON.stringify({ error: { message: echo, type: "invalid_request" } })}\n\n`, {
      headers: { "content-type": "text/event-stream", "x-request-id": echo },
    }),
  "sends invalid JSON": (_, echo) =>
    new Response(`data: {${echo}\n\n`, { headers: { "content-type": "text/event-stream" } }),
};

/** The servers that suffice for short secrets and for the output of `check`. */
export const enough = new Set(["rejects the request", "sends an error in the stream", "refuses the socket"]);

/** Asserts that a text contains no secret. */
export function assertClean(what: string, written: string, secrets: readonly string[]): void {
  assert.deepEqual(findSecrets(written, secrets), [], what);
}

export const writtenBy = ({ stdout, stderr }: ProcessResult) => `${stdout}\n${stderr}`;
