/**
 * What the browser must not do with what this server sends it.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";

/** The page: scripts from here only; no address elsewhere is ever asked for anything. */
function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    // SQLite is WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    // CodeMirror and KaTeX write styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "frame-src 'self'",
    // Markdown is read there.
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The frame that shows HTML and SVG: scripts run, as an origin of their own that can reach nothing. */
const FRAME_POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "media-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/** The frame may connect to nothing, WebRTC included, which no content policy covers. Chromium alone knows the header. */
const FRAME_CONNECTIONS = "(); webrtc=block";

/** What a cell has uploaded: to be drawn as a picture, never run when it is opened by itself. */
const ARTIFACT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The kinds of answers. */
export type AnswerKind = "page" | "frame" | "artifact";

/** Makes a middleware that adds the headers to an answer. */
export function secured(kind: AnswerKind): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const host = c.req.header("host") ?? "";
    const policy = { page: pagePolicy(host), frame: FRAME_POLICY, artifact: ARTIFACT_POLICY }[kind];
    const { headers } = c.res;
    headers.set("content-security-policy", policy);
    if (kind === "frame") headers.set("connection-allowlist", FRAME_CONNECTIONS);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
  };
}
