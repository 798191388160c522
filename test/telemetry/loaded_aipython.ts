/**
 * The command, which says at its end whether OpenTelemetry's package was loaded. It comes as CommonJS, and so stands in the cache.
 *
 * @module
 */

import { createRequire } from "node:module";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { runProgram } from "../../src/cli/program.ts";

const code = await runProgram(Deno.args, createDenoHost());
const { cache } = createRequire(import.meta.url);
const isLoaded = Object.keys(cache).some((path) => path.includes("@opentelemetry/api"));
Deno.stdout.writeSync(new TextEncoder().encode(`${isLoaded ? "loaded" : "not loaded"}\n`));
Deno.exit(code);
