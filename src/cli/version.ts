/**
 * The package's name and version, from `deno.json`.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };

export const packageName: string = config.name;

export const version: string = config.version;
