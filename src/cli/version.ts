/**
 * The package's name and version.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

/** The package's name in `deno.json`. */
export const packageName: string = config.name;

/** The version in `deno.json`. */
export const version: string = config.version;
