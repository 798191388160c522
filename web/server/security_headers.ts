/**
 * The security headers of responses.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";

/** The policy of the page: scripts only from here, and no requests to other addresses. */
function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    // SQLite is WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    // CodeMirror and KaTeX add style elements to the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "frame-src 'self'",
    // The worker renders Markdown.
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The policy of the frame that shows HTML and SVG. Scripts run with a separate origin and have no access to anything. */
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

/**
 * Forbids the frame to connect anywhere. It includes WebRTC, which no content security policy covers. Only Chromium knows this
 * header.
 */
const FRAME_CONNECTIONS = "(); webrtc=block";

/** The policy of an artifact. It can be shown as a picture. Its scripts never run, even if it is opened directly. */
const ARTIFACT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export type AnswerKind = "page" | "frame" | "artifact";

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
