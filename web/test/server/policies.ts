/**
 * The content security policies of the page server's responses, by kind of response.
 *
 * @module
 */

import type { Answer } from "./small_server.ts";

/** Returns the first directives of a response's policy, which differ between the kinds. Empty if there is no policy. */
export const policyOf = ({ headers }: Answer) =>
  String(headers["content-security-policy"] ?? "").split("; script-src")[0];

/** The first directives of the page's policy. */
export const PAGE = "default-src 'none'";

/** The first directives of the frame's policy. */
export const FRAME = "sandbox allow-scripts; default-src 'none'";

/** The first directives of an artifact's policy. */
export const ARTIFACT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
