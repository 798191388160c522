/**
 * The policies of the responses of the page's server, by kind.
 *
 * @module
 */

import type { Answer } from "./small_server.ts";

/** Returns the first directive of a response's policy, which differs between the kinds. Empty if it has no policy. */
export const policyOf = ({ headers }: Answer) =>
  String(headers["content-security-policy"] ?? "").split("; script-src")[0];

/** The first directives of the page's policy. */
export const PAGE = "default-src 'none'";

/** The first directives of the frame's policy. */
export const FRAME = "sandbox allow-scripts; default-src 'none'";

/** The first directives of an artifact's policy. */
export const ARTIFACT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
