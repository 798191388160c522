/**
 * The package's name and version.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

/** The package's name, as `deno.json` states it. */
export const packageName: string = config.name;

/** The version, as `deno.json` states it. */
export const version: string = config.version;
