/**
 * Runs the command. At its end, prints whether OpenTelemetry's package was loaded. The package is CommonJS and
 * therefore in the `require` cache.
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
