/**
 * The package's version.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

/** The version, as `deno.json` states it. */
export const version: string = config.version;
